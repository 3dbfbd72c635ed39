package io.jenkins.plugins.shera.terminal.command;

import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.kube.exec.ExecRun;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Looks for processes of a container and ends them, with all they have started. */
public final class Processes {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long GRACE_MILLIS = 5000;

    /** The number alone is not enough: it may be another's by now. A process that only waits to be collected is gone. */
    private static final String SIGNAL =
            """
            f() { [ "$1" != Z ] && [ "${20}" = "$t" ]; }; t=$2; p='*) '
            read -r s < "/proc/$1/stat" || exit 3; f ${s##$p} || exit 3
            [ "$3" = 0 ] && exit 0
            kill -"$3" "-$1" 2>/dev/null || kill -"$3" -- "-$1" 2>/dev/null || kill -"$3" "$1\"""";

    private final ExecRun exec;
    private final ContainerPlace at;

    /** Of this container. */
    public Processes(ExecApi api, ContainerPlace at) {
        this.exec = new ExecRun(api, LIMIT);
        this.at = at;
    }

    /** Whether it still runs. */
    public boolean runs(ProcessMark mark) throws IOException {
        return send("0", mark);
    }

    /**
     * Ends a command: first by a request, then by force.
     *
     * @return whether it is gone
     */
    public boolean end(CommandRun run) throws IOException, InterruptedException {
        ProcessMark mark = run.mark();
        if (run.isOver() || mark == null) {
            return run.isOver();
        }
        if (send("TERM", mark) && !run.await(GRACE_MILLIS)) {
            send("KILL", mark);
        }
        return run.await(GRACE_MILLIS) || !runs(mark);
    }

    /** Kills a process whose output nobody hears any more, with all it started. */
    public void kill(ProcessMark mark) throws IOException {
        send("KILL", mark);
    }

    private boolean send(String signal, ProcessMark mark) throws IOException {
        ExecRequest request = ExecRequest.command(
                at.namespace(), at.pod(), at.container(), "sh", "-c", SIGNAL, "sh", mark.pid(), mark.start(), signal);
        return exec.run(request, null, OutputStream.nullOutputStream()).end().exitCode() == 0;
    }
}
