package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives every record of a log whose own time lies in a window, in file order. Plain files are bisected, with 5 s of slack because
 * standard output and error are stamped before one lock; where {@link #index} was called the search is exact in any order. Usable
 * from many threads; the memory of a search is about 2 MiB, however long log and lines are.
 */
public final class LogSearch {

    static final long SLACK = 5_000_000_000L;

    private static final long STEP = 16 << 20;

    private final Map<Object, BlockIndex> indexes = new ConcurrentHashMap<>();

    /** Brings the index of a log up to date, reading what was added; those of files that are gone are forgotten. */
    public void index(Path live) throws IOException {
        try (LogFiles log = LogFiles.open(live)) {
            for (LogFile file : log.files()) {
                if (!file.isCompressed()) {
                    BlockIndex index = indexes.computeIfAbsent(file.key(), key -> new BlockIndex());
                    LogFormat format = file.format();
                    boolean more = true;
                    while (more) {
                        // In steps, so that a search need not wait for the first reading of a large file.
                        more = index.extend(file, format, STEP);
                    }
                }
            }
        }
    }

    /** Forgets the indexes of all files but these logs'. */
    public void retain(List<Path> logs) throws IOException {
        List<Object> keys = new ArrayList<>();
        for (Path live : logs) {
            try (LogFiles log = LogFiles.open(live)) {
                log.files().forEach(file -> keys.add(file.key()));
            } catch (NoSuchFileException e) {
                keys.remove(live);
            }
        }
        indexes.keySet().retainAll(keys);
    }

    /**
     * Searches the log whose live file this is, in its rotated files too.
     *
     * @throws NoSuchFileException when there is no such log
     */
    public Found search(Path live, Window window, LogSink sink) throws IOException {
        Pass pass = new Pass(window, sink);
        try (LogFiles log = LogFiles.open(live)) {
            for (int i = 0; i < log.files().size(); i++) {
                LogFile file = log.files().get(i);
                if (file.size() > 0) {
                    search(file, i + 1 < log.files().size() ? log.files().get(i + 1) : null, pass);
                }
            }
        } catch (EnoughException e) {
            return pass.found(false);
        }
        return pass.found(true);
    }

    private void search(LogFile file, LogFile next, Pass pass) throws IOException {
        LogFormat format = file.format();
        BlockIndex index = indexes.get(file.key());
        if (file.isCompressed()) {
            if (pass.mayHold(file, format, next)) {
                pass.slackened();
                pass.read(file, format, 0, file.size(), false);
            }
        } else if (index != null && file.size() - index.end() <= STEP && index.isOf(file, format)) {
            for (BlockIndex.Stretch stretch : index.stretches(pass.window, file.size())) {
                pass.read(file, format, stretch.from(), stretch.to(), true);
            }
        } else {
            long start = pass.window.since() == Long.MIN_VALUE + 1
                    ? 0
                    : Bisection.before(file, format, pass.window.widened(SLACK).since());
            pass.slackened();
            pass.read(file, format, start, file.size(), false);
        }
    }

    /** One search under way. */
    private static final class Pass {
        private final Window window;
        private final Window wide;
        private final LogSink sink;
        private long records;
        private long unreadable;
        private boolean orderVerified = true;

        Pass(Window window, LogSink sink) {
            this.window = window;
            this.wide = window.widened(SLACK);
            this.sink = sink;
        }

        void slackened() {
            boolean open = window.since() == Long.MIN_VALUE + 1 && window.until() == Long.MAX_VALUE;
            orderVerified &= open;
        }

        /** Whether a compressed file's first record, and that of the file after it, leave room for the window. */
        boolean mayHold(LogFile file, LogFormat format, LogFile next) throws IOException {
            long first = Lines.firstStamp(file, format);
            if (first != Stamps.NONE && first > wide.until()) {
                return false;
            }
            long end = next == null || next.size() == 0 ? Stamps.NONE : Lines.firstStamp(next, next.format());
            return end == Stamps.NONE || end >= wide.since();
        }

        /** Gives the window's records of the lines that begin in {@code [from, to)}; {@code exact} reads them all. */
        void read(LogFile file, LogFormat format, long from, long to, boolean exact) throws IOException {
            RecordDecoder decoder = format.decoder();
            boolean bounded = exact || !file.isCompressed();
            try (Lines lines = new Lines(file, format, from, Lines.SMALL)) {
                while (lines.advance() && (!bounded || lines.offset() < to)) {
                    long stamp = lines.stamp();
                    if (stamp == Stamps.NONE) {
                        unreadable++;
                    } else if (window.holds(stamp)) {
                        records++;
                        lines.give(stamp, decoder, sink);
                    } else if (!exact && stamp > wide.until()) {
                        return;
                    }
                }
            }
        }

        Found found(boolean complete) {
            return new Found(records, unreadable, orderVerified, complete);
        }
    }
}
