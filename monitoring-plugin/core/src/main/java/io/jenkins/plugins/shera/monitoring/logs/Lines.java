package io.jenkins.plugins.shera.monitoring.logs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Walks over the lines of a file. Of a line longer than the buffer only head and tail are kept; its content is read again when
 * it is wanted, so that memory stays bounded whatever the line.
 */
final class Lines implements Closeable {

    static final int SMALL = 64 * 1024;
    static final int LARGE = 1024 * 1024;

    private static final int KEPT = 4096;
    private static final int REFILLS_BEFORE_LARGE = 4;

    private final LogFile file;
    private final LogFormat format;
    private final InputStream bytes;
    private byte[] buffer;
    private int filled;
    private int next;
    private long base;
    private boolean ended;

    private int from;
    private int to;
    private long offset;
    private long following;
    private byte[] longTail;
    private int longTailLength;
    private byte[] longHead;
    private long contentEnd;
    private boolean terminated;
    private int refills;

    /** Begins at an offset where a line begins. */
    Lines(LogFile file, LogFormat format, long start, int bufferSize) throws IOException {
        this.file = file;
        this.format = format;
        this.bytes = file.from(start);
        this.base = start;
        this.buffer = new byte[bufferSize];
    }

    /** The time of a file's first line. */
    static long firstStamp(LogFile file, LogFormat format) throws IOException {
        try (Lines lines = new Lines(file, format, 0, SMALL)) {
            return lines.advance() ? lines.stamp() : Stamps.NONE;
        }
    }

    /** Goes on to the next line; false at the end of the file. */
    boolean advance() throws IOException {
        longTail = null;
        int searched = next;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (buffer[i] == '\n') {
                    set(next, i, i + 1);
                    return true;
                }
            }
            if (ended) {
                boolean rest = next < filled;
                set(next, filled, filled);
                return rest;
            }
            searched = filled - next;
            if (next == 0 && filled == buffer.length && !grow()) {
                return longLine();
            }
            refill();
        }
    }

    private void set(int lineFrom, int lineTo, int after) {
        terminated = after > lineTo;
        from = lineFrom;
        to = lineTo;
        offset = base + lineFrom;
        following = base + after;
        next = after;
    }

    private boolean grow() {
        if (buffer.length >= LARGE) {
            return false;
        }
        byte[] larger = new byte[LARGE];
        System.arraycopy(buffer, 0, larger, 0, filled);
        buffer = larger;
        return true;
    }

    private void refill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, filled - next);
            base += next;
            filled -= next;
            next = 0;
            if (++refills == REFILLS_BEFORE_LARGE) {
                grow();
            }
        }
        int got = bytes.read(buffer, filled, buffer.length - filled);
        if (got < 0) {
            ended = true;
        } else {
            filled += got;
        }
    }

    /** The buffer is full of one line: its head stays there, its tail is collected, the rest is read past. */
    private boolean longLine() throws IOException {
        offset = base;
        from = 0;
        to = KEPT;
        byte[] tail = new byte[2 * KEPT];
        System.arraycopy(buffer, filled - KEPT, tail, 0, KEPT);
        int kept = KEPT;
        byte[] chunk = new byte[SMALL];
        long position = base + filled;
        while (true) {
            int got = bytes.read(chunk, 0, chunk.length);
            int end = 0;
            while (end < got && chunk[end] != '\n') {
                end++;
            }
            int share = Math.min(Math.max(end, 0), KEPT);
            if (kept + share > tail.length) {
                System.arraycopy(tail, kept - KEPT, tail, 0, KEPT);
                kept = KEPT;
            }
            if (share > 0) {
                System.arraycopy(chunk, end - share, tail, kept, share);
                kept += share;
            }
            if (got < 0 || end < got) {
                longTail = tail;
                longTailLength = kept;
                long lineEnd = position + Math.max(end, 0);
                contentEnd = lineEnd;
                terminated = got >= 0;
                following = terminated ? lineEnd + 1 : lineEnd;
                ended = !terminated;
                head(chunk, Math.min(Math.max(end + 1, 0), Math.max(got, 0)), Math.max(got, 0));
                return true;
            }
            position += got;
        }
    }

    /** Keeps the line's head aside and goes on in what was read beyond it. */
    private void head(byte[] chunk, int rest, int got) {
        longHead = new byte[KEPT];
        System.arraycopy(buffer, 0, longHead, 0, KEPT);
        System.arraycopy(chunk, rest, buffer, 0, got - rest);
        filled = got - rest;
        next = 0;
        base = following;
    }

    /** Where this line begins. */
    long offset() {
        return offset;
    }

    /** Where the line after it begins. */
    long following() {
        return following;
    }

    /** Whether a line feed ends it; the last line of a file may be torn. */
    boolean isTerminated() {
        return terminated;
    }

    /** This line's own time, {@link Stamps#NONE} where it is no whole record. */
    long stamp() {
        return longTail == null
                ? format.stamp(buffer, from, to, buffer, from, to)
                : format.stamp(longHead, 0, KEPT, longTail, 0, longTailLength);
    }

    /** Gives this record to a sink. */
    void give(long stamp, RecordDecoder decoder, LogSink sink) throws IOException {
        decoder.reset();
        if (longTail == null) {
            sink.begin(stamp, format.isError(buffer, from, to, buffer, from, to));
            decoder.feed(buffer, from, to, sink);
        } else {
            sink.begin(stamp, format.isError(longHead, 0, KEPT, longTail, 0, longTailLength));
            giveLong(decoder, sink);
        }
        decoder.finish(sink);
        sink.end();
    }

    private void giveLong(RecordDecoder decoder, LogSink sink) throws IOException {
        byte[] chunk = new byte[SMALL];
        long left = contentEnd - offset;
        try (InputStream again = file.from(offset)) {
            while (left > 0) {
                int got = again.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (got < 0) {
                    return;
                }
                decoder.feed(chunk, 0, got, sink);
                left -= got;
            }
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
