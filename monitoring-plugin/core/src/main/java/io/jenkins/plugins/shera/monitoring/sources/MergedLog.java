package io.jenkins.plugins.shera.monitoring.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Several logs as one, by the lines' times; each log's own order is kept. Reads ahead one line of each. One that cannot be read, or
 * breaks off, does not take the others with it: {@link #unread} names it.
 */
public final class MergedLog implements LogStream {

    private record Source(ContainerLog log, LogStream stream) {}

    private record Head(LogLine line, int from, long number) {}

    private final List<Source> sources;
    private final List<UnreadLog> unread;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparingLong((Head head) -> head.line().stamp())
                    .thenComparingInt(Head::from)
                    .thenComparingLong(Head::number));
    private boolean begun;
    private boolean[] given = {};
    private long count;

    private MergedLog(List<Source> sources, List<UnreadLog> unread) {
        this.sources = sources;
        this.unread = unread;
    }

    /**
     * Opens the logs at a source.
     *
     * @throws IOException the first reason, when there are logs and none of them can be opened
     */
    public static MergedLog open(LogSource source, List<ContainerLog> logs, LogQuery query) throws IOException {
        MergedLog merged = new MergedLog(new ArrayList<>(), new ArrayList<>());
        boolean opened = false;
        try {
            for (ContainerLog log : logs) {
                try {
                    merged.sources.add(new Source(log, source.open(log, query)));
                } catch (IOException e) {
                    merged.unread.add(new UnreadLog(log, false, e));
                }
            }
            if (merged.sources.isEmpty() && !merged.unread.isEmpty()) {
                throw merged.unread.get(0).why();
            }
            opened = true;
            return merged;
        } finally {
            if (!opened) {
                merged.close();
            }
        }
    }

    /** Those whose lines are missing among what was given so far, and why. */
    public List<UnreadLog> unread() {
        return List.copyOf(unread);
    }

    @Override
    public LogLine next() {
        if (!begun) {
            begun = true;
            given = new boolean[sources.size()];
            for (int i = 0; i < sources.size(); i++) {
                fetch(i);
            }
        }
        Head head = heads.poll();
        if (head == null) {
            return null;
        }
        fetch(head.from());
        return head.line();
    }

    private void fetch(int from) {
        Source source = sources.get(from);
        try {
            LogLine line = source.stream().next();
            if (line != null) {
                given[from] = true;
                heads.add(new Head(line, from, count++));
            }
        } catch (IOException e) {
            unread.add(new UnreadLog(source.log(), given[from], e));
        }
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (Source source : sources) {
            try {
                source.stream().close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
