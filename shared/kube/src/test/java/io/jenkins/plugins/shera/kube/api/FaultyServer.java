package io.jenkins.plugins.shera.kube.api;

import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers each connection with the next of the bytes it was given and then closes it, or keeps it open in silence: faults
 * that a healthy API server does not show on demand.
 */
final class FaultyServer implements AutoCloseable {

    /** Ends an answer that must stay open without another byte. */
    static final String SILENCE = "\u0000silence";

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> silent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger served = new AtomicInteger();

    FaultyServer(String... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        Thread thread = new Thread(this::serve, "faulty server");
        thread.setDaemon(true);
        thread.start();
    }

    static String answer(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                readHead(connection.getInputStream());
                served.incrementAndGet();
                String answer = answers.size() > 1 ? answers.poll() : answers.peek();
                byte[] bytes = answer.replace(SILENCE, "").getBytes(StandardCharsets.UTF_8);
                connection.getOutputStream().write(bytes);
                connection.getOutputStream().flush();
                if (answer.endsWith(SILENCE)) {
                    silent.add(connection);
                } else {
                    connection.close();
                }
            } catch (IOException e) {
                // The client went away, which is what some of these tests are about.
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int last = 0;
        for (int c = in.read(); c >= 0; c = in.read()) {
            last = last << 8 | c;
            if (last == 0x0d0a0d0a) {
                return;
            }
        }
    }

    int served() {
        return served.get();
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    ClusterClient client(Duration request, Duration total) {
        ClusterAccess access =
                ClusterAccess.at(address()).declaredInsecure(true).done();
        return ClusterClient.open(access, new TimeLimits(Duration.ofSeconds(2), request, total));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : silent) {
            connection.close();
        }
    }
}
