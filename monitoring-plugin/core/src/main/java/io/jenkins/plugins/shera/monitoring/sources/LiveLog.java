package io.jenkins.plugins.shera.monitoring.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several logs that are followed at once, in the order in which lines arrive; one daemon thread for each. A slow reader fills a
 * small queue, and then slows the sources down.
 */
public final class LiveLog implements AutoCloseable {

    private static final int WAITING = 500;

    private final BlockingQueue<LogLine> lines = new ArrayBlockingQueue<>(WAITING);
    private final List<LogStream> streams;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile IOException failure;

    /** Begins to read; closes the streams with itself. */
    public LiveLog(List<LogStream> streams) {
        this.streams = List.copyOf(streams);
        running.set(streams.size());
        for (LogStream stream : streams) {
            Thread thread = new Thread(() -> pump(stream), "shera-live-log");
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void pump(LogStream stream) {
        try {
            LogLine line = stream.next();
            while (line != null) {
                lines.put(line);
                line = stream.next();
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.decrementAndGet();
        }
    }

    /** The next line, or null when none came within this time or all logs have ended. */
    public LogLine poll(long millis) throws InterruptedException {
        LogLine line = lines.poll();
        if (line == null && running.get() > 0) {
            line = lines.poll(millis, TimeUnit.MILLISECONDS);
        }
        return line;
    }

    /** Whether every log has ended and every line was given. */
    public boolean isOver() {
        return running.get() == 0 && lines.isEmpty();
    }

    /** Why one of the logs ended before its time, or null. */
    public IOException failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        threads.forEach(Thread::interrupt);
        for (LogStream stream : streams) {
            stream.close();
        }
    }
}
