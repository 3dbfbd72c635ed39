package io.jenkins.plugins.shera.monitoring.agent.http;

import io.jenkins.plugins.shera.monitoring.logs.EnoughException;
import io.jenkins.plugins.shera.monitoring.logs.LogSink;
import java.io.IOException;

/** Ends a search that goes on too long, for example because its reader is slow. */
final class TimedSink implements LogSink {

    private final LogSink sink;
    private final long end;

    /** Until {@code end} of {@link System#nanoTime}. */
    TimedSink(LogSink sink, long end) {
        this.sink = sink;
        this.end = end;
    }

    @Override
    public void begin(long stamp, boolean error) throws IOException {
        check();
        sink.begin(stamp, error);
    }

    @Override
    public void content(byte[] bytes, int from, int length) throws IOException {
        check();
        sink.content(bytes, from, length);
    }

    @Override
    public void end() throws IOException {
        sink.end();
    }

    private void check() throws EnoughException {
        if (System.nanoTime() - end > 0) {
            throw new EnoughException();
        }
    }
}
