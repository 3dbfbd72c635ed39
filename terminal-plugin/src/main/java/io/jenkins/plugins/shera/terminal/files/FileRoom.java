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

    /**
     * Copies a folder with all below it out, as a tar archive whose names begin with the folder's own; sockets, pipes and devices are left out.
     *
     * @param most bytes of all files at most
     * @param passage is told what came, and may stop it
     */
    FolderArchive.Copied readFolder(String path, OutputStream to, long most, Passage passage) throws IOException;

    /**
     * Unpacks an archive of ours into a folder that is there; what has the same name is replaced.
     *
     * @param archive as {@link FolderArchive#fromPerson} writes it
     */
    void writeFolder(String path, Path archive) throws IOException;

    /** Removes a file, a link or an empty folder. */
    void delete(String path) throws IOException;
}
