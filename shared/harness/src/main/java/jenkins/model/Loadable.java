package jenkins.model;

import java.io.IOException;

/** Something that can read itself from disk. */
public interface Loadable {
    /** Reads the state from disk. */
    void load() throws IOException;
}
