package io.jenkins.plugins.shera.terminal.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Cuts what a command prints into lines that may be shown: of bounded length, without what could move a cursor. For one thread at a time. */
public final class Lines {
    /** Bytes of a line at most; what is longer goes on in the next. */
    public static final int LONGEST = 8192;

    private static final Pattern CONTROLS = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|[\\p{Cntrl}&&[^\t]]");

    private final Consumer<String> to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** {@code to} takes each line, without its end. */
    public Lines(Consumer<String> to) {
        this.to = to;
    }

    /** The next bytes. */
    public void take(byte[] piece) {
        for (byte each : piece) {
            if (each == '\n') {
                flush();
            } else {
                line.write(each);
                if (line.size() >= LONGEST) {
                    flush();
                }
            }
        }
    }

    /** Nothing more comes: a line without an end is one too. */
    public void end() {
        if (line.size() > 0) {
            flush();
        }
    }

    private void flush() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        to.accept(CONTROLS.matcher(text).replaceAll(""));
    }
}
