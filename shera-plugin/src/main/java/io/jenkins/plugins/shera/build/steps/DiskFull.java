package io.jenkins.plugins.shera.build.steps;

import java.io.IOException;
import java.nio.file.Path;

/** Knows a full disk by what the operating system says of it. */
final class DiskFull {
    private DiskFull() {}

    /** Whether a text tells of one. */
    static boolean isIn(String text) {
        return text.contains("No space left on device") || text.contains("Disk quota exceeded");
    }

    /** The same failure, or one that says what to do about a full disk. */
    static IOException told(IOException e, Path folder) {
        return isIn(String.valueOf(e.getMessage()))
                ? new IOException(
                        "The agent's disk is full, at " + folder + ", where the image is packed (" + e.getMessage()
                                + "): free space there or take another agent, and build again.",
                        e)
                : e;
    }
}
