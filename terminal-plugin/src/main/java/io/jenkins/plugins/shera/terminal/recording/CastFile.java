package io.jenkins.plugins.shera.terminal.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads an asciicast v2 file by parts, however long it is, also while it grows: a last line without its end is not there yet. A line
 * that is longer than it may be, or is no event, is passed over. For one thread at a time.
 */
public final class CastFile implements AutoCloseable {
    /** Bytes of a line at most. */
    public static final int LONGEST_LINE = 256 * 1024;

    /** How far before the wanted moment the drawing of a long recording begins. */
    private static final long DRAWN_BEFORE = 4L << 20;

    private static final int STEP = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileChannel channel;
    private byte[] window = new byte[0];
    private long windowAt;

    /** Opens it. */
    public CastFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * One line.
     *
     * @param offset of its first byte
     * @param next of the first byte of the next line
     * @param at seconds since the beginning; negative for what is no event, such as the header
     * @param kind {@code o}, {@code r}, {@code m}; empty for what is no event
     */
    public record Line(long offset, long next, double at, String kind, String text) {}

    /**
     * Whole lines.
     *
     * @param next where to go on
     * @param last whether nothing more is there now
     */
    public record Piece(byte[] bytes, long next, boolean last) {}

    /** Bytes it has now. */
    public long size() throws IOException {
        return channel.size();
    }

    /** Whole lines from an offset on, about so many bytes; from within a line it begins with the next one. */
    public Piece piece(long from, int most) throws IOException {
        long size = channel.size();
        long start = border(from);
        if (start >= size) {
            return new Piece(new byte[0], Math.min(start, size), true);
        }
        byte[] bytes = bytes(start, (int) Math.min(Math.max(most, LONGEST_LINE), size - start));
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end == 0) {
            long next = end(start);
            return next < 0 ? new Piece(new byte[0], start, true) : new Piece(new byte[0], next, next >= size);
        }
        boolean last = start + bytes.length >= size;
        return new Piece(Arrays.copyOf(bytes, end), start + end, last);
    }

    /** The first event after the moment, and where to begin to draw so that the screen is right by then. */
    public long[] seek(double seconds) throws IOException {
        long low = end(0);
        long high = channel.size();
        if (low < 0) {
            return new long[] {0, 0};
        }
        long first = low;
        while (low < high) {
            long middle = low + (high - low) / 2;
            Line line = eventFrom(middle);
            if (line == null || line.at > seconds) {
                high = middle;
            } else {
                low = line.next;
            }
        }
        long begin = first;
        if (low - first > 2 * DRAWN_BEFORE) {
            for (Line line = eventFrom(low - DRAWN_BEFORE); line != null && line.offset < low; line = line(line.next)) {
                if (line.kind.equals("r")) {
                    begin = line.offset;
                    break;
                }
            }
        }
        Line following = eventFrom(low);
        return new long[] {following == null ? low : following.offset, begin};
    }

    /** Seconds from the beginning to the last whole event; 0 when there is none. */
    public double seconds() throws IOException {
        long size = channel.size();
        double last = 0;
        for (Line line = line(border(Math.max(0, size - 2L * LONGEST_LINE))); line != null; line = line(line.next)) {
            last = Math.max(last, line.at);
        }
        return last;
    }

    /** The line at this offset, where one must begin; null when no whole one is there. */
    Line line(long offset) throws IOException {
        long next = end(offset);
        if (next < 0) {
            return null;
        }
        if (next - offset > LONGEST_LINE) {
            return new Line(offset, next, -1, "", "");
        }
        String text = new String(bytes(offset, (int) (next - offset)), StandardCharsets.UTF_8);
        try {
            JsonNode event = JSON.readTree(text);
            if (event != null
                    && event.isArray()
                    && event.path(0).isNumber()
                    && event.path(2).isTextual()) {
                return new Line(
                        offset,
                        next,
                        event.path(0).asDouble(),
                        event.path(1).asText(),
                        event.path(2).asText());
            }
        } catch (JsonProcessingException e) {
            // No event: what a crash has left behind.
        }
        return new Line(offset, next, -1, "", "");
    }

    private Line eventFrom(long offset) throws IOException {
        Line line = line(border(offset));
        while (line != null && line.at < 0) {
            line = line(line.next);
        }
        return line;
    }

    /** The first offset not before this one where a line begins. */
    private long border(long offset) throws IOException {
        if (offset <= 0) {
            return 0;
        }
        long end = end(offset - 1);
        return end < 0 ? channel.size() : end;
    }

    /** The offset after the next end of a line, -1 when there is none. */
    private long end(long offset) throws IOException {
        long at = offset;
        while (load(at)) {
            for (int index = (int) (at - windowAt); index < window.length; index++) {
                if (window[index] == '\n') {
                    return windowAt + index + 1;
                }
            }
            at = windowAt + window.length;
        }
        return -1;
    }

    /** Brings the bytes at this offset into memory; whether there are any. */
    private boolean load(long offset) throws IOException {
        if (offset < windowAt || offset >= windowAt + window.length) {
            window = read(offset, STEP);
            windowAt = offset;
        }
        return window.length > 0;
    }

    private byte[] bytes(long offset, int most) throws IOException {
        return offset >= windowAt && offset + most <= windowAt + window.length
                ? Arrays.copyOfRange(window, (int) (offset - windowAt), (int) (offset - windowAt) + most)
                : read(offset, most);
    }

    private byte[] read(long offset, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(most);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position() == most ? buffer.array() : Arrays.copyOf(buffer.array(), buffer.position());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
