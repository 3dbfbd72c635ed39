package io.jenkins.plugins.shera.terminal.pack;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes on so many bytes and fails at the next. */
final class Bounded extends FilterOutputStream {
    private final long most;
    private long count;

    Bounded(OutputStream out, long most) {
        super(out);
        this.most = most;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        count += length;
        if (count > most) {
            throw new PackException(Messages._Bounded_more(String.valueOf(most)));
        }
        out.write(bytes, from, length);
    }
}
