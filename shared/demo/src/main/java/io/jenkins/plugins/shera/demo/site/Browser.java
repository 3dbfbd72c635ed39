package io.jenkins.plugins.shera.demo.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks nginx for a page as a browser does: names under {@code .localhost} are this machine. */
public final class Browser {
    private static final int LIMIT_MILLIS = 10_000;

    private Browser() {}

    /** The body of the answer. */
    public static String get(String host, int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LIMIT_MILLIS);
            String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(Math.max(0, answer.indexOf("\r\n\r\n"))).strip();
        }
    }
}
