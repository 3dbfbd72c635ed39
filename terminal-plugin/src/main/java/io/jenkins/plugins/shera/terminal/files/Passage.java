package io.jenkins.plugins.shera.terminal.files;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How much of a copy has come out of a container, for those who look on; they may stop it. Usable from several threads. */
public final class Passage {
    private long bytes;
    private boolean stopped;

    /** Bytes that have come. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Ends the copy at its next byte, with a {@link FileException}. */
    public synchronized void stop() {
        stopped = true;
    }

    /** Whether it was stopped. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized void came(int count) throws FileException {
        if (stopped) {
            throw new FileException(FileException.Kind.FAILED, Messages._Passage_stopped());
        }
        bytes += Math.max(0, count);
    }

    /** Counts what is written. */
    public OutputStream through(OutputStream to) {
        return new FilterOutputStream(to) {
            @Override
            public void write(int b) throws IOException {
                came(1);
                out.write(b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                came(length);
                out.write(bytes, from, length);
            }
        };
    }

    /** Counts what is read. */
    InputStream through(InputStream from) {
        return new FilterInputStream(from) {
            @Override
            public int read() throws IOException {
                int read = in.read();
                came(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] into, int at, int length) throws IOException {
                int read = in.read(into, at, length);
                came(read);
                return read;
            }
        };
    }
}
