package hudson.console;

import hudson.ExtensionPoint;
import hudson.model.Run;
import java.io.IOException;
import java.io.OutputStream;

/** Changes what a build writes into its log. */
public abstract class ConsoleLogFilter implements ExtensionPoint {
    /** A stream that changes what goes through it on to the one given. */
    public OutputStream decorateLogger(Run build, OutputStream logger) throws IOException, InterruptedException {
        return logger;
    }
}
