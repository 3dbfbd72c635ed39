package hudson;

import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import hudson.util.ArgumentListBuilder;
import io.jenkins.plugins.shera.harness.files.ProcessTable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Starts processes on a machine. */
public abstract class Launcher {
    protected final TaskListener listener;
    protected final VirtualChannel channel;

    protected Launcher(TaskListener listener, VirtualChannel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    protected Launcher(Launcher launcher) {
        this(launcher.listener, launcher.channel);
    }

    public VirtualChannel getChannel() {
        return channel;
    }

    public TaskListener getListener() {
        return listener;
    }

    public Computer getComputer() {
        return jenkins.model.Jenkins.get().toComputer();
    }

    public boolean isUnix() {
        return File.pathSeparatorChar == ':';
    }

    /** Begins to describe a process. */
    public final ProcStarter launch() {
        return new ProcStarter();
    }

    /** Starts what was described. */
    public abstract Proc launch(ProcStarter starter) throws IOException;

    /** Ends every process whose environment has all of the variables. */
    public abstract void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

    /** Writes the command to the log. */
    protected final void maskedPrintCommandLine(List<String> cmd, boolean[] mask, FilePath workDir) {
        StringBuilder line = new StringBuilder(workDir == null ? "" : "[" + workDir.getName() + "] ");
        line.append('$');
        for (int i = 0; i < cmd.size(); i++) {
            String word = mask != null && i < mask.length && mask[i] ? "******" : cmd.get(i);
            line.append(' ').append(word.contains(" ") || word.isEmpty() ? '"' + word + '"' : word);
        }
        listener.getLogger().println(line);
        listener.getLogger().flush();
    }

    /** Describes a process. */
    public final class ProcStarter {
        private List<String> commands = List.of();
        private boolean[] masks;
        private FilePath pwd;
        private OutputStream stdout;
        private OutputStream stderr;
        private TaskListener stdoutListener;
        private InputStream stdin;
        private String[] envs = {};
        private boolean quiet;
        private boolean reverseStdout;
        private boolean reverseStderr;
        private boolean reverseStdin;

        ProcStarter() {}

        public ProcStarter cmds(String... args) {
            return cmds(Arrays.asList(args));
        }

        public ProcStarter cmds(List<String> args) {
            commands = List.copyOf(args);
            return this;
        }

        public ProcStarter cmds(File program, String... args) {
            List<String> all = new ArrayList<>(List.of(program.getPath()));
            all.addAll(Arrays.asList(args));
            return cmds(all);
        }

        public ProcStarter cmds(ArgumentListBuilder args) {
            commands = args.toList();
            masks = args.toMaskArray();
            return this;
        }

        /** Splits at blanks. */
        public ProcStarter cmdAsSingleString(String s) {
            return cmds(s.trim().split("\\s+"));
        }

        public List<String> cmds() {
            return commands;
        }

        public ProcStarter masks(boolean... masks) {
            this.masks = masks;
            return this;
        }

        public boolean[] masks() {
            return masks;
        }

        public ProcStarter pwd(FilePath workDir) {
            pwd = workDir;
            return this;
        }

        public ProcStarter pwd(File workDir) {
            return pwd(new FilePath(workDir));
        }

        public ProcStarter pwd(String workDir) {
            return pwd(new FilePath(getChannel(), workDir));
        }

        public FilePath pwd() {
            return pwd;
        }

        public ProcStarter stdout(OutputStream out) {
            stdout = out;
            return this;
        }

        public ProcStarter stdout(TaskListener out) {
            stdoutListener = out;
            return stdout(out.getLogger());
        }

        public OutputStream stdout() {
            return stdout;
        }

        public ProcStarter stderr(OutputStream err) {
            stderr = err;
            return this;
        }

        public OutputStream stderr() {
            return stderr;
        }

        public ProcStarter stdin(InputStream in) {
            stdin = in;
            return this;
        }

        public InputStream stdin() {
            return stdin;
        }

        /** Adds to the environment. */
        public ProcStarter envs(Map<String, String> overrides) {
            return envs(Util.mapToEnv(overrides));
        }

        /** Adds to the environment, each as {@code NAME=value}. */
        public ProcStarter envs(String... overrides) {
            envs = overrides == null ? new String[0] : overrides.clone();
            return this;
        }

        public String[] envs() {
            return envs.clone();
        }

        public ProcStarter quiet(boolean quiet) {
            this.quiet = quiet;
            return this;
        }

        public boolean quiet() {
            return quiet;
        }

        /** Lets the caller read the output. */
        public ProcStarter readStdout() {
            reverseStdout = true;
            stdout = null;
            return this;
        }

        /** Lets the caller read the errors. */
        public ProcStarter readStderr() {
            reverseStderr = true;
            stderr = null;
            return this;
        }

        /** Lets the caller write the input. */
        public ProcStarter writeStdin() {
            reverseStdin = true;
            stdin = null;
            return this;
        }

        boolean readsStdout() {
            return reverseStdout;
        }

        boolean readsStderr() {
            return reverseStderr;
        }

        boolean writesStdin() {
            return reverseStdin;
        }

        /** Starts the process. */
        public Proc start() throws IOException {
            return launch(this);
        }

        /** Starts the process and waits; answers the exit code. */
        public int join() throws IOException, InterruptedException {
            Proc proc = start();
            try {
                return proc.join();
            } catch (InterruptedException e) {
                proc.kill();
                throw e;
            }
        }

        public ProcStarter copy() {
            ProcStarter that = new ProcStarter();
            that.commands = commands;
            that.masks = masks;
            that.pwd = pwd;
            that.stdout = stdout;
            that.stderr = stderr;
            that.stdin = stdin;
            that.envs = envs;
            that.quiet = quiet;
            that.reverseStdout = reverseStdout;
            that.reverseStderr = reverseStderr;
            that.reverseStdin = reverseStdin;
            return that;
        }
    }

    /** Starts processes on the controller. */
    public static class LocalLauncher extends Launcher {
        public LocalLauncher(TaskListener listener) {
            this(listener, FilePath.localChannel);
        }

        public LocalLauncher(TaskListener listener, VirtualChannel channel) {
            super(listener, channel);
        }

        @Override
        public Proc launch(ProcStarter ps) throws IOException {
            if (!ps.quiet()) {
                maskedPrintCommandLine(ps.cmds(), ps.masks(), ps.pwd());
            }
            return new RunningProcess(ps);
        }

        @Override
        public void kill(Map<String, String> modelEnvVars) {
            ProcessTable.kill(modelEnvVars);
        }
    }
}
