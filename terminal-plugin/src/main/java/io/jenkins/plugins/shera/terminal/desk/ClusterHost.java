package io.jenkins.plugins.shera.terminal.desk;

import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.terminal.files.ContainerFiles;
import io.jenkins.plugins.shera.terminal.files.FileRoom;
import io.jenkins.plugins.shera.terminal.files.PodFileShell;
import io.jenkins.plugins.shera.terminal.session.Containers;
import java.io.IOException;
import java.util.List;

/** The namespace of an environment in its cluster. */
final class ClusterHost implements Host {
    private final ClusterClient cluster;
    private final String name;
    private final String namespace;
    private final String application;

    ClusterHost(ClusterClient cluster, String name, String namespace, String application) {
        this.cluster = cluster;
        this.name = name;
        this.namespace = namespace;
        this.application = application;
    }

    @Override
    public List<Containers.Running> running() throws IOException {
        return Containers.of(cluster.api(), namespace, application);
    }

    @Override
    public List<Containers.Started> started(String selector) throws IOException {
        return Containers.started(cluster.api(), namespace, application, selector);
    }

    @Override
    public Room enter(String pod, String container) {
        return new Room() {
            @Override
            public ExecApi exec() {
                return cluster.exec();
            }

            @Override
            public FileRoom files() {
                return new ContainerFiles(new PodFileShell(cluster.exec(), namespace, pod, container));
            }
        };
    }

    @Override
    public String place() {
        return name + "/" + namespace;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
