package hudson.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** A mark in a log; the harness writes none. */
public abstract class ConsoleNote<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Writes the mark, of which the harness keeps nothing. */
    public void encodeTo(OutputStream out) throws IOException {}
}
