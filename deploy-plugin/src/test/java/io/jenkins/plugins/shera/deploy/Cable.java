package io.jenkins.plugins.shera.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut and mended, as a network between two sites can. */
public final class Cable implements AutoCloseable {

    private final URI target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket listening;

    /** To this server. */
    public Cable(URI target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = listening.getLocalPort();
        carry(listening);
    }

    /** The address at this end. */
    public String address() {
        return target.getScheme() + "://127.0.0.1:" + port;
    }

    /** Nothing passes any more. */
    public void cut() throws IOException {
        listening.close();
        for (Socket each : open) {
            each.close();
        }
        open.clear();
    }

    /** Passes again. */
    public void mend() throws IOException {
        listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        carry(listening);
    }

    private void carry(ServerSocket from) {
        start(() -> {
            while (!from.isClosed()) {
                Socket near = from.accept();
                Socket far = new Socket(target.getHost(), target.getPort());
                open.add(near);
                open.add(far);
                start(() -> pump(near, far));
                start(() -> pump(far, near));
            }
        });
    }

    private void pump(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // cut
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
