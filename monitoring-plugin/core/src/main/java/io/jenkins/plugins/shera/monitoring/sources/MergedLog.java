package io.jenkins.plugins.shera.monitoring.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Several logs as one, by the lines' times; each log's own order is kept. Reads ahead one line of each. */
public final class MergedLog implements LogStream {

    private record Head(LogLine line, int from, long number) {}

    private final List<LogStream> streams;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparingLong((Head head) -> head.line().stamp())
                    .thenComparingInt(Head::from)
                    .thenComparingLong(Head::number));
    private boolean begun;
    private long count;

    /** Closes them with itself. */
    public MergedLog(List<LogStream> streams) {
        this.streams = new ArrayList<>(streams);
    }

    /** Opens the logs at a source; when one cannot be opened, those before are closed. */
    public static MergedLog open(LogSource source, List<ContainerLog> logs, LogQuery query) throws IOException {
        List<LogStream> streams = new ArrayList<>();
        try {
            for (ContainerLog log : logs) {
                streams.add(source.open(log, query));
            }
            return new MergedLog(streams);
        } catch (IOException | RuntimeException e) {
            try (MergedLog begun = new MergedLog(streams)) {
                throw e;
            }
        }
    }

    @Override
    public LogLine next() throws IOException {
        if (!begun) {
            begun = true;
            for (int i = 0; i < streams.size(); i++) {
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

    private void fetch(int from) throws IOException {
        LogLine line = streams.get(from).next();
        if (line != null) {
            heads.add(new Head(line, from, count++));
        }
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (LogStream stream : streams) {
            try {
                stream.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
