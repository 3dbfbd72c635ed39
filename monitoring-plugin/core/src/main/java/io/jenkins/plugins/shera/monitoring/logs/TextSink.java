package io.jenkins.plugins.shera.monitoring.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes records as text, each after its time where that is wanted, as {@code docker logs} and {@code kubectl logs} do. */
public final class TextSink implements LogSink {

    private final OutputStream out;
    private final OutputStream error;
    private final boolean stamps;
    private OutputStream current;

    /** {@code error} may be the same stream as {@code out}; the caller buffers, flushes and closes them. */
    public TextSink(OutputStream out, OutputStream error, boolean stamps) {
        this.out = out;
        this.error = error;
        this.stamps = stamps;
        this.current = out;
    }

    @Override
    public void begin(long stamp, boolean isError) throws IOException {
        current = isError ? error : out;
        if (stamps) {
            current.write((Stamps.text(stamp) + " ").getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void content(byte[] bytes, int from, int length) throws IOException {
        current.write(bytes, from, length);
    }

    @Override
    public void end() {
        current = out;
    }
}
