package io.jenkins.plugins.shera.terminal.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The files of one container; what cannot be had as wished is a {@link FileException}. */
public interface FileRoom {

    /** What is in a folder, 5,000 entries at most. */
    Listing list(String folder) throws IOException;

    /**
     * Copies a file out; links are followed, devices and pipes are refused.
     *
     * @param most bytes at most
     * @return its size
     */
    long read(String path, OutputStream to, long most) throws IOException;

    /**
     * Puts a file of ours at a path, whole or not at all.
     *
     * @param expected SHA-256 in hex of the file that may be replaced; empty for any
     */
    void write(String path, Path content, String expected) throws IOException;

    /** Removes a file, a link or an empty folder. */
    void delete(String path) throws IOException;
}
