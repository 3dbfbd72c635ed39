package io.jenkins.plugins.shera.build.steps;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Puts asterisks where a secret stands in what a program writes; a line is held back until it ends. */
final class MaskedOutput extends OutputStream {
    private static final int LONGEST = 64 * 1024;

    private final OutputStream to;
    private final String secret;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    MaskedOutput(OutputStream to, String secret) {
        this.to = to;
        this.secret = secret;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        line.write(b);
        if (b == '\n' || line.size() >= LONGEST) {
            pass();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    private void pass() throws IOException {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        to.write(text.replace(secret, "****").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Passes on what has no end of line yet. */
    @Override
    public synchronized void close() throws IOException {
        if (line.size() > 0) {
            pass();
        }
        to.flush();
    }
}
