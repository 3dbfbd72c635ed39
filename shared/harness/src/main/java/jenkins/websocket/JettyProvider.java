package jenkins.websocket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.jetty.ee9.websocket.api.Session;
import org.eclipse.jetty.ee9.websocket.api.WebSocketListener;
import org.eclipse.jetty.ee9.websocket.api.WriteCallback;
import org.eclipse.jetty.ee9.websocket.server.JettyWebSocketServerContainer;

/** WebSockets of Jetty 12 ee9. */
final class JettyProvider implements Provider {
    private static final Duration IDLE = Duration.ofSeconds(60);

    @Override
    public Handler handle(HttpServletRequest request, HttpServletResponse response, Listener listener)
            throws Exception {
        JettyWebSocketServerContainer container =
                JettyWebSocketServerContainer.getContainer(request.getServletContext());
        if (container == null || !"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "Only a WebSocket can be opened here");
            return null;
        }
        Connection connection = new Connection(listener);
        container.upgrade((upgrade, answer) -> connection, plain(request), plain(response));
        return connection;
    }

    private static HttpServletRequest plain(HttpServletRequest request) {
        return request instanceof HttpServletRequestWrapper wrapper
                ? plain((HttpServletRequest) wrapper.getRequest())
                : request;
    }

    private static HttpServletResponse plain(HttpServletResponse response) {
        return response instanceof HttpServletResponseWrapper wrapper
                ? plain((HttpServletResponse) wrapper.getResponse())
                : response;
    }

    private static final class Connection implements WebSocketListener, Handler {
        private final Listener listener;
        private volatile Session session;

        Connection(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onWebSocketConnect(Session connected) {
            connected.setIdleTimeout(IDLE);
            session = connected;
            listener.onWebSocketConnect(connected);
        }

        @Override
        public void onWebSocketClose(int statusCode, String reason) {
            listener.onWebSocketClose(statusCode, reason);
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            listener.onWebSocketError(cause);
        }

        @Override
        public void onWebSocketBinary(byte[] payload, int offset, int length) {
            listener.onWebSocketBinary(payload, offset, length);
        }

        @Override
        public void onWebSocketText(String message) {
            listener.onWebSocketText(message);
        }

        @Override
        public Future<Void> sendBinary(ByteBuffer data) throws IOException {
            Sent sent = new Sent();
            open().getRemote().sendBytes(data, sent);
            return sent;
        }

        @Override
        public Future<Void> sendBinary(ByteBuffer partialByte, boolean isLast) throws IOException {
            Sent sent = new Sent();
            open().getRemote().sendPartialBytes(partialByte, isLast, sent);
            return sent;
        }

        @Override
        public Future<Void> sendText(String text) throws IOException {
            Sent sent = new Sent();
            open().getRemote().sendString(text, sent);
            return sent;
        }

        @Override
        public Future<Void> sendPing(ByteBuffer applicationData) throws IOException {
            open().getRemote().sendPing(applicationData);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() throws IOException {
            open().close();
        }

        private Session open() throws IOException {
            Session now = session;
            if (now == null) {
                throw new IOException("The WebSocket is not open yet");
            }
            return now;
        }
    }

    private static final class Sent extends CompletableFuture<Void> implements WriteCallback {
        @Override
        public void writeFailed(Throwable cause) {
            completeExceptionally(cause);
        }

        @Override
        public void writeSuccess() {
            complete(null);
        }
    }
}
