package io.jenkins.plugins.shera.oci.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a stream after so many bytes; a request body must be exactly as long as its head says. */
final class Slice extends FilterInputStream {
    private long left;

    Slice(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(into, from, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
    }
}
