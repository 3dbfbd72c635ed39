package io.jenkins.plugins.shera.oci.target;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Hashes what streams by, and fails at the end, or beyond the announced size, when it is not what the digest names. */
public final class VerifiedStream extends FilterInputStream {
    private final Descriptor expected;
    private final String where;
    private final MessageDigest hash;
    private long count;
    private boolean verified;

    /** The place is named in the message. */
    public VerifiedStream(InputStream in, Descriptor expected, String where) {
        super(in);
        this.expected = expected;
        this.where = where;
        this.hash = expected.digest().newHash();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = in.read(into, from, length);
        if (read > 0) {
            hash.update(into, from, read);
            count += read;
        }
        if (count > expected.size() || read < 0 && !verified && !matches()) {
            throw new IOException("The content of " + expected.digest() + " from " + where
                    + " is not what its name says ("
                    + count + " of " + expected.size() + " bytes came): it was damaged on the way or in the store."
                    + " Try again; if it stays, push that image anew.");
        }
        verified |= read < 0;
        return read;
    }

    private boolean matches() {
        return count == expected.size() && expected.digest().matches(hash.digest());
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = 0;
        byte[] nothing = new byte[8192];
        while (skipped < bytes) {
            int read = read(nothing, 0, (int) Math.min(nothing.length, bytes - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
