package io.jenkins.plugins.shera.nodes.remote;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Bytes that arrive whole or not at all: length, SHA-256, content. */
public final class Frame {
    private static final int MARK = 0x53484e31;
    private static final int SHA = 32;

    /** Longer ones are refused, whoever sends them. */
    static final int LONGEST = 64 * 1024 * 1024;

    private Frame() {}

    /** Writes and flushes. */
    public static void write(OutputStream to, byte[] content) throws IOException {
        if (content.length > LONGEST) {
            throw new IOException("More than " + LONGEST + " bytes are not sent to or from another machine.");
        }
        DataOutputStream data = new DataOutputStream(to);
        data.writeInt(MARK);
        data.writeInt(content.length);
        data.write(sha(content));
        data.write(content);
        data.flush();
    }

    /**
     * Reads one.
     *
     * @throws EOFException if the other side ended before all of it had come
     * @throws IOException if something else came
     */
    public static byte[] read(InputStream from) throws IOException {
        DataInputStream data = new DataInputStream(from);
        int mark = data.readInt();
        int length = data.readInt();
        if (mark != MARK || length < 0 || length > LONGEST) {
            throw new IOException(
                    "Something else answers there than our program: does the login of that user print a text?"
                            + " Print none where no terminal is.");
        }
        byte[] sha = new byte[SHA];
        data.readFully(sha);
        // As it comes: a liar who announces much and sends little costs little.
        byte[] content = data.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("ended after " + content.length + " of " + length + " bytes");
        }
        if (!MessageDigest.isEqual(sha, sha(content))) {
            throw new IOException("What came is not what was sent. Try again.");
        }
        return content;
    }

    private static byte[] sha(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
