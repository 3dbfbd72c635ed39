package io.jenkins.plugins.shera.terminal.command;

import io.jenkins.plugins.shera.terminal.session.Witness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a recording gets of the commands of one visit to a container: each as it was given, and what they print, with the ends of lines that
 * a terminal needs. Usable from many threads.
 */
public final class CommandRecord {
    /** Characters in a line of the terminal in which it is replayed. */
    public static final int COLUMNS = 120;

    /** Lines of that terminal. */
    public static final int ROWS = 40;

    /** Bytes of a line at most; a mask keeps a line until it has all of it. */
    private static final int LONGEST_LINE = Lines.LONGEST;

    private final Witness witness;
    private final OutputStream masked;
    private volatile CompletionStage<?> taken = CompletableFuture.completedFuture(null);
    private int inLine;
    private boolean over;

    /** Puts stars over what nobody is to see. */
    @FunctionalInterface
    public interface Mask {
        /** A stream that goes on to the one given; may keep a line until it has all of it. */
        OutputStream over(OutputStream to) throws IOException;
    }

    /** For a witness that begins. */
    public CommandRecord(Witness witness, Mask mask) throws IOException {
        this.witness = witness;
        this.masked = mask.over(new Screen());
    }

    /** A line of ours, such as the command that comes next. */
    public synchronized void say(String line) {
        output((line.replace("\r", "").replaceAll("\n(?=.)", "\n> ") + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What a command prints; nothing more is to come until the stage is complete, and it fails when nothing can be kept. */
    synchronized CompletionStage<?> output(byte[] piece) {
        if (over) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            for (byte each : piece) {
                inLine = each == '\n' ? 0 : inLine + 1;
                masked.write(each);
                if (inLine == LONGEST_LINE) {
                    masked.write('\n');
                    inLine = 0;
                }
            }
            masked.flush();
            return taken;
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether all was kept so far. */
    public boolean isWhole() {
        return witness.broken().isEmpty();
    }

    /** Nothing more comes; the code is the word that pages have a text for. */
    public synchronized void ended(String code, int exitCode) {
        if (over) {
            return;
        }
        try {
            masked.close();
        } catch (IOException e) {
            taken = CompletableFuture.failedFuture(e);
        }
        over = true;
        witness.ended(code, exitCode);
    }

    /** Gives on at each flush. */
    private final class Screen extends OutputStream {
        private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
        private int before;

        @Override
        public void write(int b) {
            if (b == '\n' && before != '\r') {
                piece.write('\r');
            }
            piece.write(b);
            before = b;
        }

        @Override
        public void flush() {
            if (piece.size() > 0) {
                taken = witness.output(piece.toByteArray());
                piece.reset();
            }
        }

        @Override
        public void close() {
            flush();
        }
    }
}
