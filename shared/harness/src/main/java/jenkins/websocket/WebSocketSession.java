package jenkins.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One connection, from {@link #opened} to {@link #closed}; a ping every 30 seconds keeps proxies from cutting it. */
public abstract class WebSocketSession {
    private static final int PING_SECONDS = 30;
    private static final Logger LOGGER = Logger.getLogger(WebSocketSession.class.getName());
    private static final ScheduledExecutorService PINGS = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "WebSocket pings");
        thread.setDaemon(true);
        return thread;
    });

    Provider.Handler handler;
    private ScheduledFuture<?> pings;

    protected WebSocketSession() {}

    void startPings() {
        pings = PINGS.scheduleAtFixedRate(this::ping, PING_SECONDS / 2, PING_SECONDS, TimeUnit.SECONDS);
    }

    private void ping() {
        try {
            handler.sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            stopPings();
            error(e);
        }
    }

    void stopPings() {
        if (pings != null) {
            pings.cancel(false);
        }
    }

    protected void opened() {}

    protected void closed(int statusCode, String reason) {}

    protected void error(Throwable cause) {
        LOGGER.log(Level.WARNING, "A WebSocket failed and its page does not care", cause);
    }

    protected void binary(byte[] payload, int offset, int len) throws IOException {
        LOGGER.warning("Unexpected binary frame");
    }

    protected void text(String message) throws IOException {
        LOGGER.warning("Unexpected text frame");
    }

    protected final Future<Void> sendBinary(ByteBuffer data) throws IOException {
        return handler.sendBinary(data);
    }

    protected final Future<Void> sendBinary(ByteBuffer partialByte, boolean isLast) throws IOException {
        return handler.sendBinary(partialByte, isLast);
    }

    protected final Future<Void> sendText(String text) throws IOException {
        return handler.sendText(text);
    }

    protected final void close() throws IOException {
        handler.close();
    }
}
