package io.jenkins.plugins.shera.monitoring.sources.stores;

import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.LogLine;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.LogStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines that come page by page; those that are meant are chosen here, whatever the store chose. */
final class PagedLines implements LogStream {

    private static final int LONGEST = 1 << 20;

    private final ContainerLog log;
    private final LogQuery query;
    private final Pages pages;
    private List<Entry> page = List.of();
    private int at;

    PagedLines(ContainerLog log, LogQuery query, Pages pages) {
        this.log = log;
        this.query = query;
        this.pages = pages;
    }

    /** A line as the store has it. */
    record Entry(long stamp, String text) {}

    /** Pages one after the other, each in order of time and none before the last; null after the last one. */
    interface Pages extends Closeable {
        List<Entry> next() throws IOException;
    }

    @Override
    public LogLine next() throws IOException {
        while (true) {
            while (at == page.size()) {
                page = pages.next();
                at = 0;
                if (page == null) {
                    page = List.of();
                    return null;
                }
            }
            Entry entry = page.get(at++);
            boolean within = entry.stamp() >= query.window().since()
                    && entry.stamp() <= query.window().until();
            if (within) {
                String text = entry.text().stripTrailing();
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                if (query.filter().accepts(bytes, 0, bytes.length)) {
                    return line(entry.stamp(), text, bytes);
                }
            }
        }
    }

    private LogLine line(long stamp, String text, byte[] bytes) {
        if (bytes.length <= LONGEST) {
            return new LogLine(stamp, log, text);
        }
        String cut = new String(bytes, 0, LONGEST, StandardCharsets.UTF_8);
        return new LogLine(stamp, log, cut, bytes.length - LONGEST);
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
