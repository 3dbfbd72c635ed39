package jenkins.websocket;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.kohsuke.stapler.HttpResponse;

/** Answers a request by turning it into a WebSocket. Comparing the Origin header is the duty of the web method. */
public class WebSockets {
    private static final Provider PROVIDER = new JettyProvider();

    private WebSockets() {}

    /** To be returned by a web method. */
    public static HttpResponse upgrade(WebSocketSession session) {
        return (request, response, node) -> upgradeResponse(session, request, response);
    }

    /** The same for whoever has no Stapler request. */
    public static void upgradeResponse(
            WebSocketSession session, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            session.handler = PROVIDER.handle(request, response, new Forwarding(session));
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException("The connection was not upgraded: " + e.getMessage(), e);
        }
    }

    public static boolean isSupported() {
        return true;
    }

    private static final class Forwarding implements Provider.Listener {
        private final WebSocketSession session;
        private Object providerSession;

        Forwarding(WebSocketSession session) {
            this.session = session;
        }

        @Override
        public void onWebSocketConnect(Object connected) {
            providerSession = connected;
            session.startPings();
            session.opened();
        }

        @Override
        public Object getProviderSession() {
            return providerSession;
        }

        @Override
        public void onWebSocketClose(int statusCode, String reason) {
            session.stopPings();
            session.closed(statusCode, reason);
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            if (cause instanceof ClosedChannelException) {
                onWebSocketClose(0, cause.toString());
            } else {
                session.error(cause);
            }
        }

        @Override
        public void onWebSocketBinary(byte[] payload, int offset, int length) {
            try {
                session.binary(payload, offset, length);
            } catch (IOException e) {
                session.error(e);
            }
        }

        @Override
        public void onWebSocketText(String message) {
            try {
                session.text(message);
            } catch (IOException e) {
                session.error(e);
            }
        }
    }
}
