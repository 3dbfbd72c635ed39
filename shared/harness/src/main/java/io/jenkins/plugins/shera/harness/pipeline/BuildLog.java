package io.jenkins.plugins.shera.harness.pipeline;

import hudson.console.ConsoleLogFilter;
import hudson.model.BuildListener;
import hudson.model.Run;
import io.jenkins.plugins.shera.harness.remoting.RemoteHandle;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The log file of a build, appended to line by line by all steps at once; no file stays open between lines. */
public final class BuildLog {
    private static final Map<String, BuildLog> OPEN = new ConcurrentHashMap<>();

    private final Run<?, ?> run;
    private final Path file;

    private BuildLog(Run<?, ?> run) {
        this.run = run;
        this.file = run.getRootDir().toPath().resolve("log");
    }

    /** The log of this build. */
    public static BuildLog of(Run<?, ?> run) {
        return OPEN.computeIfAbsent(run.getRootDir().getPath(), key -> new BuildLog(run));
    }

    /** Lets go of the log once the build is over. */
    public void close() {
        OPEN.remove(run.getRootDir().getPath());
    }

    /** Writes lines of the build itself. */
    public BuildListener listener() {
        return new Listener(this, null, new Lines(this));
    }

    /** Writes lines of a step. */
    BuildListener listener(String node) {
        return new Listener(this, node, new Lines(this));
    }

    /** Writes lines of a step through a filter, which may be null. */
    BuildListener listener(String node, ConsoleLogFilter filter) throws IOException, InterruptedException {
        OutputStream lines = new Lines(this);
        return new Listener(this, node, filter == null ? lines : filter.decorateLogger((Run) run, lines));
    }

    private synchronized void append(byte[] bytes, int length) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(bytes, 0, length);
        }
    }

    /** A listener that a saved program finds again. */
    static final class Listener implements BuildListener {
        private static final long serialVersionUID = 1L;

        private final transient BuildLog log;
        private final transient String node;
        private final transient PrintStream stream;

        Listener(BuildLog log, String node, OutputStream out) {
            this.log = log;
            this.node = node;
            this.stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        }

        Run<?, ?> run() {
            return log.run;
        }

        String node() {
            return node;
        }

        @Override
        public PrintStream getLogger() {
            return stream;
        }

        /** Stays on this side when it is sent to an agent; a saved program has its own way to find it. */
        private Object writeReplace() {
            try {
                return new RemoteHandle(this);
            } catch (NotSerializableException e) {
                return this;
            }
        }
    }

    /** Hands on whole lines, and what is left when flushed by closing. */
    private static final class Lines extends OutputStream {
        private final BuildLog log;
        private byte[] buffer = new byte[256];
        private int length;

        Lines(BuildLog log) {
            this.log = log;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            if (length == buffer.length) {
                buffer = java.util.Arrays.copyOf(buffer, 2 * length);
            }
            buffer[length++] = (byte) b;
            if (b == '\n' || length >= 65536) {
                send();
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
            for (int i = offset; i < offset + count; i++) {
                write(bytes[i]);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            send();
        }

        private void send() throws IOException {
            if (length > 0) {
                log.append(buffer, length);
                length = 0;
            }
        }
    }
}
