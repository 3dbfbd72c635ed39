package io.jenkins.plugins.shera.kubeng.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask an nginx all the time, each request on a new connection, or all on one that is used blindly as long as it lasts. */
final class Clients implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final int port;
    private final String host;
    private volatile boolean ended;

    Clients(int count, boolean kept, int port, String host) {
        this.port = port;
        this.host = host;
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(kept ? this::kept : this::fresh, "client-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    long errors() {
        return errors.get();
    }

    long requests() {
        return requests.get();
    }

    private void fresh() {
        while (!ended) {
            try (Socket socket = open()) {
                ask(socket, "close");
            } catch (IOException e) {
                errors.incrementAndGet();
            }
            rest();
        }
    }

    private void kept() {
        Socket socket = null;
        while (!ended) {
            try {
                if (socket == null) {
                    socket = open();
                }
                ask(socket, "keep-alive");
            } catch (IOException e) {
                errors.incrementAndGet();
                close(socket);
                socket = null;
            }
            rest();
        }
        close(socket);
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** The answers have no body; one of nginx itself, such as 502, is an error. */
    private void ask(Socket socket, String connection) throws IOException {
        requests.incrementAndGet();
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: " + connection + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended");
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 204 ")) {
            throw new IOException("the backend did not answer: " + head.substring(0, head.indexOf("\r")));
        }
    }

    private static void rest() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is given up anyway.
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.join(15_000);
        }
    }
}
