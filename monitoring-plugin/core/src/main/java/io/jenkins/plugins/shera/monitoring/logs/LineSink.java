package io.jenkins.plugins.shera.monitoring.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes records as whole lines, {@code TIME text}, the pieces of a long line joined again, each stream of the container for itself:
 * what the other stream wrote in between follows the line. It holds back at most 256 KiB; beyond them the line is broken. Every line
 * begins with a time, whatever the container wrote.
 */
public final class LineSink implements LogSink {

    private static final int MOST_WAITING = 256 * 1024;

    private final OutputStream out;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private boolean open;
    private boolean openError;
    private boolean waitingOpen;
    private long stamp;
    private boolean error;

    /** The caller buffers, flushes and closes it. */
    public LineSink(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(long recordStamp, boolean isError) {
        stamp = recordStamp;
        error = isError;
    }

    @Override
    public void content(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            int stop = at;
            while (stop < end && bytes[stop] != '\n') {
                stop++;
            }
            boolean complete = stop < end;
            int next = complete ? stop + 1 : stop;
            piece(bytes, at, next - at, complete);
            at = next;
        }
    }

    private void piece(byte[] bytes, int from, int length, boolean complete) throws IOException {
        if (open && error != openError) {
            if (waiting.size() + length <= MOST_WAITING) {
                waitingOpen = write(waiting, waitingOpen, bytes, from, length, complete);
                return;
            }
            endLine();
        }
        openError = error;
        open = write(out, open, bytes, from, length, complete);
        if (!open) {
            release();
        }
    }

    /** Gives whether the line is still open. */
    private boolean write(OutputStream to, boolean begun, byte[] bytes, int from, int length, boolean complete)
            throws IOException {
        if (!begun) {
            to.write((Stamps.text(stamp) + ' ').getBytes(StandardCharsets.US_ASCII));
        }
        to.write(bytes, from, length);
        return !complete;
    }

    private void endLine() throws IOException {
        out.write('\n');
        release();
    }

    /** What the other stream wrote takes its turn; a line that it left open stays so. */
    private void release() throws IOException {
        waiting.writeTo(out);
        waiting.reset();
        open = waitingOpen;
        openError = !openError;
        waitingOpen = false;
    }

    @Override
    public void end() {
        // A line ends with its line feed, which may come with a later record.
    }

    /** No more records: a line that is still open ends. */
    public void finish() throws IOException {
        while (open) {
            endLine();
        }
    }
}
