package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Passes on those lines {@code TIME text} whose text a filter wants. Of a line longer than 1 MiB the first MiB decides; no more of
 * it is held.
 */
public final class FilteredLines extends OutputStream {

    private static final int HELD = 1 << 20;

    private enum Rest {
        UNDECIDED,
        WANTED,
        UNWANTED
    }

    private final OutputStream out;
    private final LineFilter filter;
    private byte[] held = new byte[4096];
    private int length;
    private Rest rest = Rest.UNDECIDED;
    private long lines;

    /** The caller buffers, flushes and closes {@code out}. */
    public FilteredLines(OutputStream out, LineFilter filter) {
        this.out = out;
        this.filter = filter;
    }

    /** How many lines were passed on. */
    public long lines() {
        return lines;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int at = from;
        int end = from + count;
        while (at < end) {
            int stop = at;
            while (stop < end && bytes[stop] != '\n') {
                stop++;
            }
            boolean complete = stop < end;
            int next = complete ? stop + 1 : stop;
            part(bytes, at, next - at, complete);
            at = next;
        }
    }

    private void part(byte[] bytes, int from, int count, boolean complete) throws IOException {
        if (rest == Rest.UNDECIDED) {
            int share = Math.min(count, HELD - length);
            hold(bytes, from, share);
            if (complete || length == HELD) {
                decide(complete && share == count);
            }
            if (rest == Rest.WANTED) {
                out.write(bytes, from + share, count - share);
            }
        } else if (rest == Rest.WANTED) {
            out.write(bytes, from, count);
        }
        if (complete) {
            rest = Rest.UNDECIDED;
        }
    }

    private void hold(byte[] bytes, int from, int count) {
        if (length + count > held.length) {
            held = Arrays.copyOf(held, Math.min(HELD, Math.max(2 * held.length, length + count)));
        }
        System.arraycopy(bytes, from, held, length, count);
        length += count;
    }

    private void decide(boolean whole) throws IOException {
        int text = 0;
        while (text < length && held[text] != ' ') {
            text++;
        }
        text = Math.min(text + 1, length);
        int end = whole ? length - 1 : length;
        if (filter.accepts(held, text, Math.max(0, end - text))) {
            lines++;
            out.write(held, 0, length);
            rest = Rest.WANTED;
        } else {
            rest = Rest.UNWANTED;
        }
        length = 0;
    }
}
