package io.jenkins.plugins.shera.nodes.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The way to an sshd, which a test can cut and mend, or have cut itself after so many bytes. */
public final class Wire implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final int port;
    private volatile boolean cut;

    /** To an sshd on this port. */
    public Wire(int port) throws IOException {
        this.port = port;
        daemon(this::accept);
    }

    /** Where to come to it. */
    public int port() {
        return server.getLocalPort();
    }

    /** Cuts it, and what is on it. */
    public void cut() {
        cut = true;
        open.forEach(Wire::quietly);
        open.clear();
    }

    /** As before the cut. */
    public void mend() {
        cut = false;
    }

    /** The connection ends, once, when so much went to the server. */
    public void endAfter(long bytes) {
        left.set(bytes);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                if (cut) {
                    quietly(near);
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(near);
                open.add(far);
                daemon(() -> copy(near, far, left));
                daemon(() -> copy(far, near, new AtomicLong(Long.MAX_VALUE)));
            } catch (IOException e) {
                // Closed, or nobody there: the caller sees its connection end.
            }
        }
    }

    private static void copy(Socket from, Socket to, AtomicLong left) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                if (left.addAndGet(-read) < 0) {
                    left.set(Long.MAX_VALUE);
                    return;
                }
            }
        } catch (IOException e) {
            // It was cut.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
