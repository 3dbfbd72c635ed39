package io.jenkins.plugins.shera.monitoring.sources;

import io.jenkins.plugins.shera.monitoring.logs.LineFilter;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads {@code TIME text} lines and keeps those of a window that a filter wants; ends when times are 5 s beyond it, which covers unordered ones. Of a
 * line longer than 1 MiB it keeps the beginning and counts the rest.
 */
final class StampedLines implements LogStream {

    private static final int LONGEST = 1 << 20;
    private static final long SLACK = 5_000_000_000L;

    private final InputStream in;
    private final ContainerLog log;
    private final Window window;
    private final LineFilter filter;
    private final Trailer trailer;
    private final byte[] buffer = new byte[32 * 1024];
    private int next;
    private int filled;
    private byte[] line = new byte[512];
    private int length;
    private long omitted;
    private long last;

    /** Takes a line without time that is no word of the kubelet; true when it was the last one. */
    interface Trailer {
        boolean test(byte[] line, int length) throws IOException;
    }

    StampedLines(InputStream in, ContainerLog log, Window window) {
        this(in, log, window, LineFilter.ALL, (line, length) -> false);
    }

    StampedLines(InputStream in, ContainerLog log, Window window, LineFilter filter, Trailer trailer) {
        this.filter = filter;
        this.trailer = trailer;
        this.in = in;
        this.log = log;
        this.window = window;
        this.last = window.since() > 0 ? window.since() : System.currentTimeMillis() * 1_000_000L;
    }

    @Override
    public LogLine next() throws IOException {
        while (readLine()) {
            int space = 0;
            while (space < length && line[space] != ' ') {
                space++;
            }
            long stamp = Stamps.parse(line, 0, space);
            if (stamp == Stamps.NONE && trailer.test(line, length)) {
                return null;
            }
            if (stamp == Stamps.NONE) {
                // The kubelet's own word, as that a log cannot be read, bears no time: it stands where it was said.
                return new LogLine(last, log, new String(line, 0, length, StandardCharsets.UTF_8), omitted);
            }
            last = stamp;
            int from = Math.min(space + 1, length);
            boolean within = stamp >= window.since() && stamp <= window.until();
            if (within && filter.accepts(line, from, length - from)) {
                return new LogLine(stamp, log, new String(line, from, length - from, StandardCharsets.UTF_8), omitted);
            }
            if (window.until() < Long.MAX_VALUE - SLACK && stamp > window.until() + SLACK) {
                return null;
            }
        }
        return null;
    }

    private boolean readLine() throws IOException {
        length = 0;
        omitted = 0;
        boolean any = false;
        while (true) {
            if (next == filled) {
                filled = in.read(buffer);
                next = 0;
                if (filled <= 0) {
                    filled = 0;
                    return any;
                }
            }
            any = true;
            int end = next;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            append(end);
            boolean complete = end < filled;
            next = complete ? end + 1 : end;
            if (complete) {
                if (omitted == 0 && length > 0 && line[length - 1] == '\r') {
                    length--;
                }
                return true;
            }
        }
    }

    private void append(int end) {
        int share = Math.min(end - next, LONGEST - length);
        if (length + share > line.length) {
            line = Arrays.copyOf(line, Math.min(LONGEST, Math.max(2 * line.length, length + share)));
        }
        System.arraycopy(buffer, next, line, length, share);
        length += share;
        omitted += end - next - share;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
