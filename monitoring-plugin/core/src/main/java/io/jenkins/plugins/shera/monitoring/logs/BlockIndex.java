package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The least and the greatest time in each stretch of about 1 MiB of a plain file, which makes a search exact whatever the order
 * of the times. It is brought up to date while the file grows; 24 bytes for each stretch.
 */
final class BlockIndex {

    private static final long BLOCK = 1 << 20;

    private long[] starts = new long[64];
    private long[] least = new long[64];
    private long[] greatest = new long[64];
    private int blocks;
    private long end;
    private long first;

    /** A stretch of whole lines. */
    record Stretch(long from, long to) {}

    /** How far the file is known; always the end of a line. */
    synchronized long end() {
        return end;
    }

    /** Whether the file still begins as it did; a file that was cut and written anew does not. */
    synchronized boolean isOf(LogFile file, LogFormat format) throws IOException {
        return end <= file.size() && (blocks == 0 || first == Lines.firstStamp(file, format));
    }

    /**
     * Reads what was added since, at most about {@code most} bytes of it, and gives whether there is more; a torn last line is left
     * for the next time.
     */
    synchronized boolean extend(LogFile file, LogFormat format, long most) throws IOException {
        if (!isOf(file, format)) {
            blocks = 0;
            end = 0;
        }
        long enough = end + most;
        try (Lines lines = new Lines(file, format, end, Lines.LARGE)) {
            while (end < enough && lines.advance() && lines.isTerminated()) {
                long stamp = lines.stamp();
                if (blocks == 0) {
                    first = stamp;
                }
                if (blocks == 0 || lines.offset() - starts[blocks - 1] >= BLOCK) {
                    begin(lines.offset());
                }
                if (stamp != Stamps.NONE) {
                    least[blocks - 1] = Math.min(least[blocks - 1], stamp);
                    greatest[blocks - 1] = Math.max(greatest[blocks - 1], stamp);
                }
                end = lines.following();
            }
        }
        return end >= enough;
    }

    private void begin(long start) {
        if (blocks == starts.length) {
            starts = Arrays.copyOf(starts, 2 * blocks);
            least = Arrays.copyOf(least, 2 * blocks);
            greatest = Arrays.copyOf(greatest, 2 * blocks);
        }
        starts[blocks] = start;
        least[blocks] = Long.MAX_VALUE;
        greatest[blocks] = Long.MIN_VALUE;
        blocks++;
    }

    /** The stretches that may hold records of the window, those side by side made one, and all that is not yet known. */
    synchronized List<Stretch> stretches(Window window, long size) {
        List<Stretch> found = new ArrayList<>();
        long from = -1;
        for (int i = 0; i < blocks; i++) {
            boolean meets = least[i] <= window.until() && greatest[i] >= window.since();
            if (meets && from < 0) {
                from = starts[i];
            } else if (!meets && from >= 0) {
                found.add(new Stretch(from, starts[i]));
                from = -1;
            }
        }
        if (from >= 0) {
            found.add(new Stretch(from, size));
        } else if (end < size) {
            found.add(new Stretch(end, size));
        }
        return found;
    }
}
