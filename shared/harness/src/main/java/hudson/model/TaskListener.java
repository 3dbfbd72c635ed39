package hudson.model;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** Where a task writes what it does. */
public interface TaskListener extends Serializable {
    /** Takes everything and shows nothing. */
    TaskListener NULL = new SilentListener();

    /** The log. */
    PrintStream getLogger();

    /** The charset of {@link #getLogger}. */
    default java.nio.charset.Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    /** Writes an annotation where the log supports them. */
    default void annotate(hudson.console.ConsoleNote ann) throws IOException {
        ann.encodeTo(getLogger());
    }

    /** Writes a link where the log supports them. */
    default void hyperlink(String url, String text) throws IOException {
        getLogger().print(text);
    }

    /** Reports an error that does not end the task. */
    default PrintWriter error(String msg) {
        getLogger().println("ERROR: " + msg);
        return new PrintWriter(new OutputStreamWriter(getLogger(), getCharset()), true);
    }

    /** As {@link #error(String)}, formatted. */
    default PrintWriter error(String format, Object... args) {
        return error(String.format(format, args));
    }

    /** Reports an error that ends the task. */
    default PrintWriter fatalError(String msg) {
        getLogger().println("FATAL: " + msg);
        return new PrintWriter(new OutputStreamWriter(getLogger(), getCharset()), true);
    }

    /** As {@link #fatalError(String)}, formatted. */
    default PrintWriter fatalError(String format, Object... args) {
        return fatalError(String.format(format, args));
    }
}
