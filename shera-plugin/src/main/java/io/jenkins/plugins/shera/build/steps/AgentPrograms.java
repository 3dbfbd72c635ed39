package io.jenkins.plugins.shera.build.steps;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.build.process.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts programs on the agent, in the workspace, each marked by a cookie. */
final class AgentPrograms implements Programs {
    private final Launcher launcher;
    private final FilePath workspace;
    private final TaskListener listener;
    private final Map<String, String> cookie;
    private final String secret;
    /** Null for none. */
    private final Duration limit;

    AgentPrograms(Launcher launcher, FilePath workspace, TaskListener listener, Map<String, String> cookie) {
        this(launcher, workspace, listener, cookie, "");
    }

    /** Shows what programs write with asterisks for a secret; an empty one hides nothing. */
    AgentPrograms(
            Launcher launcher, FilePath workspace, TaskListener listener, Map<String, String> cookie, String secret) {
        this(launcher, workspace, listener, cookie, secret, null);
    }

    private AgentPrograms(
            Launcher launcher,
            FilePath workspace,
            TaskListener listener,
            Map<String, String> cookie,
            String secret,
            Duration limit) {
        this.limit = limit;
        this.launcher = launcher;
        this.workspace = workspace;
        this.listener = listener;
        this.cookie = cookie;
        this.secret = secret;
    }

    /** The same, but what runs longer is ended, and that is an {@link IOException}. */
    AgentPrograms within(Duration most) {
        return new AgentPrograms(launcher, workspace, listener, cookie, secret, most);
    }

    @Override
    public Outcome run(List<String> command, Map<String, String> environment, boolean shown)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(cookie);
        LastBytes output = new LastBytes();
        OutputStream shownTo = secret.isEmpty() ? listener.getLogger() : new MaskedOutput(listener.getLogger(), secret);
        OutputStream to = shown ? new Both(shownTo, output) : output;
        Launcher.ProcStarter starter = launcher.launch()
                .cmds(command)
                .pwd(workspace)
                .envs(all)
                .quiet(!shown)
                .stdout(to);
        int code;
        try {
            code = limit == null ? starter.join() : join(starter, command);
            if (shown && shownTo instanceof MaskedOutput masked) {
                masked.close();
            }
        } catch (TooSlow e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    "The program " + command.get(0) + " could not be started in " + workspace.getRemote() + " ("
                            + e.getMessage() + "): install it on the agent, or put it on the PATH by withEnv or tools.",
                    e);
        }
        return new Outcome(code, output.toString(StandardCharsets.UTF_8));
    }

    private int join(Launcher.ProcStarter starter, List<String> command) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        int code = starter.start().joinWithTimeout(limit.toMillis(), TimeUnit.MILLISECONDS, TaskListener.NULL);
        if (System.nanoTime() - begun >= limit.toNanos()) {
            throw new TooSlow(command.get(0) + " was ended after " + limit.toSeconds() + " seconds.");
        }
        return code;
    }

    private static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlow(String message) {
            super(message);
        }
    }

    /** Shows what it also keeps. */
    private static final class Both extends OutputStream {
        private final OutputStream shown;
        private final OutputStream kept;

        Both(OutputStream shown, OutputStream kept) {
            this.shown = shown;
            this.kept = kept;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            shown.write(bytes, from, length);
            kept.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            shown.flush();
        }
    }

    /** Keeps at least the last 64 KiB. */
    private static final class LastBytes extends ByteArrayOutputStream {
        private static final int LONGEST = 64 * 1024;

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            if (count > 2 * LONGEST) {
                System.arraycopy(buf, count - LONGEST, buf, 0, LONGEST);
                count = LONGEST;
            }
        }
    }
}
