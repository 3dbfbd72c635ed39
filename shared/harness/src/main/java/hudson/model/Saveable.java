package hudson.model;

import java.io.IOException;

/** Something that can write itself to disk. */
public interface Saveable {
    /** Does nothing. */
    Saveable NOOP = () -> {};

    /** Writes the state to disk. */
    void save() throws IOException;
}
