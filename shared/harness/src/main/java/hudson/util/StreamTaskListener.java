package hudson.util;

import hudson.model.TaskListener;
import io.jenkins.plugins.shera.harness.remoting.RemoteHandle;
import java.io.File;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Writes to a stream. */
public class StreamTaskListener extends AbstractTaskListener implements TaskListener {
    private static final long serialVersionUID = 1L;
    private final transient PrintStream out;

    public StreamTaskListener(OutputStream out, java.nio.charset.Charset charset) {
        this.out = new PrintStream(out, false, charset == null ? StandardCharsets.UTF_8 : charset);
    }

    public StreamTaskListener(File out, java.nio.charset.Charset charset) throws IOException {
        this(Files.newOutputStream(out.toPath()), charset);
    }

    public static StreamTaskListener fromStdout() {
        return new StreamTaskListener(System.out, java.nio.charset.Charset.defaultCharset());
    }

    public static StreamTaskListener fromStderr() {
        return new StreamTaskListener(System.err, java.nio.charset.Charset.defaultCharset());
    }

    @Override
    public PrintStream getLogger() {
        return out;
    }

    public void close() throws IOException {
        out.close();
    }

    private Object writeReplace() throws ObjectStreamException {
        return new RemoteHandle(this);
    }
}
