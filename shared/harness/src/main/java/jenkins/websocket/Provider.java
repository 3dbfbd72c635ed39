package jenkins.websocket;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;

/** What the web server under it must offer. */
interface Provider {
    /** Upgrades, or answers an error itself and returns null. */
    Handler handle(HttpServletRequest request, HttpServletResponse response, Listener listener) throws Exception;

    /** What the server tells about the connection. */
    interface Listener {
        void onWebSocketConnect(Object providerSession);

        Object getProviderSession();

        void onWebSocketClose(int statusCode, String reason);

        void onWebSocketError(Throwable cause);

        void onWebSocketBinary(byte[] payload, int offset, int length);

        void onWebSocketText(String message);
    }

    /** What can be done with the connection. */
    interface Handler {
        Future<Void> sendBinary(ByteBuffer data) throws IOException;

        Future<Void> sendBinary(ByteBuffer partialByte, boolean isLast) throws IOException;

        Future<Void> sendText(String text) throws IOException;

        Future<Void> sendPing(ByteBuffer applicationData) throws IOException;

        void close() throws IOException;
    }
}
