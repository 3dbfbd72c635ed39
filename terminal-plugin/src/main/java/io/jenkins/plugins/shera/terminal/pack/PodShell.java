package io.jenkins.plugins.shera.terminal.pack;

import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecEnd;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.kube.exec.ExecRun;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** A container of a pod, entered with the rights of the connection's user. */
public final class PodShell implements ContainerShell {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int NO_PROGRAM = 127;

    private final ExecRun exec;
    private final KubeApi api;
    private final PodOrigin at;

    /** Each command takes ten minutes at most. */
    public PodShell(KubeApi api, ExecApi exec, PodOrigin at) {
        this.api = api;
        this.exec = new ExecRun(exec, LONGEST);
        this.at = at;
    }

    @Override
    public Ended run(List<String> command, OutputStream output) throws IOException {
        ExecRequest request =
                ExecRequest.command(at.namespace(), at.pod(), at.container(), command.toArray(String[]::new));
        ExecRun.Outcome outcome = exec.run(request, null, output);
        String why = outcome.end().message();
        if (outcome.end().exitCode() != ExecEnd.UNKNOWN) {
            return new Ended(outcome.end().exitCode(), outcome.errors());
        }
        if (why.contains("executable file not found") || why.contains("no such file")) {
            return new Ended(NO_PROGRAM, why);
        }
        throw new PackException(Messages._PodShell_broke(at.where(), why));
    }

    @Override
    public void confirm() throws IOException {
        at.confirm(api);
    }
}
