package io.jenkins.plugins.shera.terminal.desk;

import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.terminal.files.FileRoom;
import io.jenkins.plugins.shera.terminal.session.Containers;
import java.io.IOException;
import java.util.List;

/** What runs the containers of an application, entered as the tenant: the cluster of an environment, or a docker engine. Calls wait. */
interface Host extends AutoCloseable {

    /** One of its containers. */
    interface Room {
        /** Commands in it. */
        ExecApi exec();

        /** Its files. */
        FileRoom files();
    }

    /** The application's containers that run, those to look into others among them. */
    List<Containers.Running> running() throws IOException;

    /**
     * The application's containers proper that run.
     *
     * @param selector labels that they must also bear; empty for none
     */
    List<Containers.Started> started(String selector) throws IOException;

    /** Goes into one of them. */
    Room enter(String pod, String container) throws IOException;

    /** Where the containers are, for people. */
    String place();

    @Override
    void close();
}
