package io.jenkins.plugins.shera.terminal.files;

import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.kube.exec.ExecRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** A container of a pod, entered with the rights of the connection's user; each command takes ten minutes at most. */
public final class PodFileShell implements FileShell {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ExecRun exec;
    private final String namespace;
    private final String pod;
    private final String container;

    /** Of this container. */
    public PodFileShell(ExecApi api, String namespace, String pod, String container) {
        this.exec = new ExecRun(api, LONGEST);
        this.namespace = namespace;
        this.pod = pod;
        this.container = container;
    }

    @Override
    public Ended run(List<String> command, InputStream input, OutputStream output) throws IOException {
        ExecRequest request = new ExecRequest(namespace, pod, container, command, input != null, false);
        ExecRun.Outcome outcome = exec.run(request, input, output);
        String why = outcome.end().message();
        if (outcome.end().exitCode() != ExecEnd.UNKNOWN) {
            return new Ended(outcome.end().exitCode(), outcome.errors());
        }
        if (why.contains("executable file not found") || why.contains("no such file")) {
            return new Ended(NO_PROGRAM, why);
        }
        throw new FileException(
                FileException.Kind.FAILED,
                Messages._ContainerFiles_broke(namespace + "/" + pod + "/" + container, why));
    }
}
