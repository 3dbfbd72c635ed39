package io.jenkins.plugins.shera.nginx.figures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Finds the requests of a range of time in a log of any size by halving its bytes, and in the one before it where it was rotated
 * within that time. Several workers write through buffers, so lines are in order but for some seconds.
 */
public final class RequestLog {
    private static final long OUT_OF_ORDER = 30_000;
    private static final int BLOCK = 64 << 10;
    private static final long MOST = 256L << 20;

    private final Path file;

    /**
     * What was found beside the requests.
     *
     * @param unreadable lines of another format
     * @param cut whether the range was too long to be read from its beginning
     */
    public record Range(long unreadable, boolean cut) {}

    /** This log, and beside it {@code <name>.1} once it was rotated. */
    public RequestLog(Path file) {
        this.file = file;
    }

    /**
     * Gives the requests that ended in this range of time.
     *
     * @param since milliseconds since 1970
     * @param until the first that is not meant
     * @throws IOException saying what to do when there is no such log, it cannot be read, or its lines tell no time
     */
    public Range read(long since, long until, Consumer<RequestLine> requests) throws IOException {
        Reading reading = new Reading(since, until, requests);
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            long begin = begin(channel, size, since - OUT_OF_ORDER);
            Path earlier = file.resolveSibling(file.getFileName() + ".1");
            if (begin == 0 && Files.isReadable(earlier)) {
                try (FileChannel before = FileChannel.open(earlier)) {
                    reading.of(before, begin(before, before.size(), since - OUT_OF_ORDER), before.size());
                }
            }
            reading.of(channel, begin, size);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "There is no log of requests " + file + ". Let nginx write it, in the http block of nginx.conf: "
                            + RequestLine.FORMAT + " access_log " + file + " shera buffer=32k flush=1s;",
                    e);
        }
        if (reading.timed == 0 && reading.unreadable > 0) {
            throw new IOException("The log of requests " + file + " has lines of another format. Let nginx write it as "
                    + RequestLine.FORMAT);
        }
        return new Range(reading.unreadable, reading.cut);
    }

    /** Where reading begins: at 0, or within or before the first line that is late enough. */
    private static long begin(FileChannel channel, long size, long since) throws IOException {
        long before = 0;
        long after = size;
        while (after - before > BLOCK) {
            long middle = (before + after) >>> 1;
            long at = firstTime(channel, middle);
            // What tells no time is of a format that was written earlier.
            if (at < since) {
                before = middle;
            } else {
                after = middle;
            }
        }
        return before;
    }

    private static long firstTime(FileChannel channel, long from) throws IOException {
        long[] first = {0};
        LogLines lines = new LogLines();
        lines.skip();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        channel.read(block, from);
        lines.take(block.flip(), line -> RequestLine.parse(line)
                .filter(request -> first[0] == 0)
                .ifPresent(request -> first[0] = request.at()));
        return first[0];
    }

    private static final class Reading {
        private final long since;
        private final long until;
        private final Consumer<RequestLine> requests;
        private long timed;
        private long unreadable;
        private boolean cut;

        Reading(long since, long until, Consumer<RequestLine> requests) {
            this.since = since;
            this.until = until;
            this.requests = requests;
        }

        void of(FileChannel channel, long begin, long end) throws IOException {
            long from = Math.max(begin, end - MOST);
            cut |= from > begin;
            LogLines lines = new LogLines();
            if (from > 0) {
                lines.skip();
            }
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            for (long position = from; position < end; ) {
                block.clear().limit((int) Math.min(BLOCK, end - position));
                int count = channel.read(block, position);
                if (count <= 0) {
                    return;
                }
                position += count;
                lines.take(block.flip(), this::line);
            }
        }

        private void line(String text) {
            RequestLine request = RequestLine.parse(text).orElse(null);
            if (request == null || request.at() == 0) {
                unreadable++;
                return;
            }
            timed++;
            if (request.at() >= since && request.at() < until) {
                requests.accept(request);
            }
        }
    }
}
