package io.jenkins.plugins.shera.demo.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Gives every Service a loopback address of its own, and passes connections on to its ready pods in turn. */
final class ServiceProxies {
    private static final Logger LOGGER = Logger.getLogger(ServiceProxies.class.getName());

    private final ObjectStore store;
    private final Pods pods;
    private final Map<String, ServerSocket> listening = new HashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "sandbox service");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger turn = new AtomicInteger();
    private int addresses;

    ServiceProxies(ObjectStore store, Pods pods) {
        this.store = store;
        this.pods = pods;
    }

    void reconcile() {
        for (ObjectNode service : store.ofKind("Service")) {
            String path =
                    "/api/v1/namespaces/" + Deployments.namespace(service) + "/services/" + Deployments.name(service);
            if (!listening.containsKey(path)) {
                open(path, service);
            }
        }
        listening.entrySet().removeIf(entry -> {
            boolean gone = store.find(entry.getKey()).isEmpty();
            if (gone) {
                close(entry.getValue());
            }
            return gone;
        });
    }

    private void open(String path, ObjectNode service) {
        addresses++;
        String address = "127.77." + addresses / 250 + "." + (1 + addresses % 250);
        int port = service.path("spec").path("ports").path(0).path("port").asInt();
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            listening.put(path, socket);
            store.edit(path, edited -> edited.withObjectProperty("spec").put("clusterIP", address));
            threads.execute(() -> accept(socket, path));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The sandbox could not open " + address + ":" + port + " for " + path);
        }
    }

    private void accept(ServerSocket socket, String path) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client, path));
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "the service was closed", e);
            }
        }
    }

    private void serve(Socket client, String path) {
        try (client) {
            ObjectNode service = store.find(path).orElse(null);
            List<Integer> ports = service == null
                    ? List.of()
                    : pods.readyPorts(
                            Deployments.namespace(service), service.path("spec").path("selector"));
            if (ports.isEmpty()) {
                return;
            }
            int port = ports.get(Math.floorMod(turn.getAndIncrement(), ports.size()));
            try (Socket pod = new Socket(InetAddress.getLoopbackAddress(), port)) {
                threads.execute(() -> pump(client, pod));
                pump(pod, client);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a connection to " + path + " broke", e);
        }
    }

    /** Copies until the sender is done, then says so to the receiver. */
    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "one side of a connection broke", e);
        }
    }

    void closeAll() {
        listening.values().forEach(ServiceProxies::close);
        threads.shutdownNow();
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "already closed", e);
        }
    }
}
