package io.jenkins.plugins.shera.terminal.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Passes on so many bytes and fails at the next, so that a container cannot fill what is ours. */
final class Limited extends FilterOutputStream {
    private final long most;
    private final String path;
    private long count;

    Limited(OutputStream out, long most, String path) {
        super(out);
        this.most = most;
        this.path = path;
    }

    long count() {
        return count;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (count + length > most) {
            throw new FileException(
                    FileException.Kind.INPUT,
                    Messages._ContainerFiles_large(ContainerFiles.shown(path), String.valueOf(most)));
        }
        out.write(bytes, from, length);
        count += length;
    }
}
