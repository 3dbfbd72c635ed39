package hudson.util;

import hudson.model.TaskListener;
import io.jenkins.plugins.shera.harness.remoting.RemoteHandle;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes lines to a logger. */
public class LogTaskListener extends AbstractTaskListener implements TaskListener, Closeable {
    private static final long serialVersionUID = 1L;
    private final transient PrintStream out;

    public LogTaskListener(Logger logger, Level level) {
        out = new PrintStream(new LineLogger(logger, level), true, StandardCharsets.UTF_8);
    }

    @Override
    public PrintStream getLogger() {
        return out;
    }

    @Override
    public void close() {
        out.close();
    }

    private Object writeReplace() throws ObjectStreamException {
        return new RemoteHandle(this);
    }

    private static final class LineLogger extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final Logger logger;
        private final Level level;

        LineLogger(Logger logger, Level level) {
            this.logger = logger;
            this.level = level;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                close();
            } else {
                line.write(b);
            }
        }

        @Override
        public synchronized void close() {
            if (line.size() > 0) {
                logger.log(level, line.toString(StandardCharsets.UTF_8));
                line.reset();
            }
        }
    }
}
