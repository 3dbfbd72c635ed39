package io.jenkins.plugins.shera.nginx.figures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of bytes as they come; lines that are too long to be of a log of requests are left out. */
public final class LogLines {
    private static final int LONGEST_LINE = 1024;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    /** Takes what remains in the buffer and gives every line that is finished by it. */
    public void take(ByteBuffer bytes, Consumer<String> lines) {
        while (bytes.hasRemaining()) {
            byte letter = bytes.get();
            if (letter == '\n') {
                if (!tooLong) {
                    lines.accept(line.toString(StandardCharsets.UTF_8));
                }
                forget();
            } else if (line.size() < LONGEST_LINE) {
                line.write(letter);
            } else {
                tooLong = true;
            }
        }
    }

    /** Lets go of what was begun. */
    public void forget() {
        line.reset();
        tooLong = false;
    }

    /** Leaves out what comes before the next line. */
    public void skip() {
        line.reset();
        tooLong = true;
    }
}
