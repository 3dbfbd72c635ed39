package io.jenkins.plugins.shera.oci.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How much is read of what others made; the rest is named as not read. One for each file of a layer. */
final class Bounds {
    /** Archives within archives. */
    static final int DEEPEST = 4;
    /** Files of one archive. */
    static final int MOST_ENTRIES = 200_000;
    /** Libraries or packages of one file. */
    static final int MOST_FOUND = 20_000;
    /** Bytes of one small text. */
    static final int LARGEST_TEXT = 1 << 20;
    /** Bytes of a database of packages. */
    static final int LARGEST_DATABASE = 64 << 20;

    private static final int LONGEST_WORD = 300;

    private long left;

    /** All that may be unpacked. */
    Bounds(long bytes) {
        this.left = bytes;
    }

    /** What is usual: 4 GiB. */
    static Bounds usual() {
        return new Bounds(4L << 30);
    }

    /** Copies it, or says by false that it is more than may be unpacked. */
    boolean copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) {
                return false;
            }
            out.write(buffer, 0, read);
        }
        return true;
    }

    /** The text of a small file; empty when it is not small. */
    Optional<String> text(InputStream in, int largest) throws IOException {
        byte[] content = in.readNBytes(largest + 1);
        left -= content.length;
        return content.length > largest ? Optional.empty() : Optional.of(new String(content, StandardCharsets.UTF_8));
    }

    /** A name or version from outside: of one line, and not longer than any real one. */
    static String word(String text) {
        String plain = text == null ? "" : text.strip();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < plain.length() && i < LONGEST_WORD; i++) {
            char c = plain.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return out.toString();
    }
}
