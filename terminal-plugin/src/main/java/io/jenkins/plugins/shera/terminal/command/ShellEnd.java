package io.jenkins.plugins.shera.terminal.command;

import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import io.jenkins.plugins.shera.kube.exec.ExecRun;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Ends a shell that nobody is connected to any more, with everything that was started at its terminal. */
public final class ShellEnd {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int GONE = 3;

    /**
     * Signals all processes of the session whose leader the shell is or was; builtins of the shell alone. The number of a session is not
     * given out again while one of its processes lives; a leader that was started at another time is another's.
     */
    private static final String SIGNAL =
            """
            i=$1 t=$2 g=$3 n=0 p='*) ' s=
            { read -r s < "/proc/$i/stat"; } 2>/dev/null
            if [ -n "$s" ]; then set -- ${s##$p}; [ "${20}" = "$t" ] || exit 3; fi
            for d in /proc/[0-9]*; do
              s=; { read -r s < "$d/stat"; } 2>/dev/null; set -- ${s##$p}
              if [ "$4" = "$i" ] && [ "$1" != Z ]; then n=1; [ "$g" = 0 ] || kill -"$g" "${d#/proc/}" 2>/dev/null; fi
            done
            [ "$n" = 1 ] || exit 3
            """;

    private final ExecRun exec;
    private final String namespace;
    private final String pod;
    private final String container;

    /** In this container. */
    public ShellEnd(ExecApi api, String namespace, String pod, String container) {
        this.exec = new ExecRun(api, LIMIT);
        this.namespace = namespace;
        this.pod = pod;
        this.container = container;
    }

    /**
     * Hangs up, and kills what still runs at the next call.
     *
     * @param harder whether it was hung up before
     * @return whether nothing of it runs any more
     */
    public boolean end(ProcessMark mark, boolean harder) throws IOException {
        return signal(harder ? "KILL" : "HUP", mark) == GONE || signal("0", mark) == GONE;
    }

    private int signal(String signal, ProcessMark mark) throws IOException {
        ExecRequest request = ExecRequest.command(
                namespace, pod, container, "sh", "-c", SIGNAL, "sh", mark.pid(), mark.start(), signal);
        return exec.run(request, null, OutputStream.nullOutputStream()).end().exitCode();
    }
}
