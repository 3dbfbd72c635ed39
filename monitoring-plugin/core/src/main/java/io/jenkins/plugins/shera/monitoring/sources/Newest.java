package io.jenkins.plugins.shera.monitoring.sources;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The last lines of a stream, in its order.
 *
 * @param cut whether lines before them were read and dropped
 * @param stopped the time reached when reading was given up because too much had come, {@link #TO_THE_END} otherwise
 */
public record Newest(List<LogLine> lines, boolean cut, long stopped) {

    /** Says that the stream was read to its end. */
    public static final long TO_THE_END = Long.MIN_VALUE;

    private static final int LINE_ITSELF = 64;

    /**
     * How much may be read and kept.
     *
     * @param lines most lines kept
     * @param kept most characters kept
     * @param read most characters read; then the stream is left where it is
     */
    public record Bounds(int lines, long kept, long read) {}

    /** Reads to the end of the stream or to the bounds; holds no more lines than it gives. */
    public static Newest of(LogStream stream, Bounds bounds) throws IOException {
        ArrayDeque<LogLine> kept = new ArrayDeque<>();
        long size = 0;
        long read = 0;
        boolean cut = false;
        for (LogLine line = stream.next(); line != null; line = stream.next()) {
            kept.add(line);
            size += line.text().length();
            read += line.text().length() + line.omitted() + LINE_ITSELF;
            while (kept.size() > bounds.lines() || size > bounds.kept() && kept.size() > 1) {
                size -= kept.remove().text().length();
                cut = true;
            }
            if (read > bounds.read()) {
                return new Newest(List.copyOf(kept), cut, line.stamp());
            }
        }
        return new Newest(List.copyOf(kept), cut, TO_THE_END);
    }
}
