package io.jenkins.plugins.shera.kubeng.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The part of an API server that gives Services and EndpointSlices of one namespace, and tells watches at once what changed. */
final class ServicesDouble implements AutoCloseable {
    private static final String NAMESPACE = "bench";

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "services-double");
        thread.setDaemon(true);
        return thread;
    });
    private final List<OutputStream> sliceWatches = new CopyOnWriteArrayList<>();
    private final String[] pods;
    private long version = 1000;

    /** Of {@code s0}, {@code s1} and so on, each with one pod. */
    ServicesDouble(int services) throws IOException {
        pods = new String[services];
        for (int i = 0; i < services; i++) {
            pods[i] = "10." + i / 62_500 + "." + i / 250 % 250 + "." + (i % 250 + 1);
        }
        server.setExecutor(threads);
        server.createContext("/api/v1/namespaces/" + NAMESPACE + "/services", exchange -> answer(exchange, false));
        server.createContext(
                "/apis/discovery.k8s.io/v1/namespaces/" + NAMESPACE + "/endpointslices",
                exchange -> answer(exchange, true));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many watches of slices there are. */
    int watches() {
        return sliceWatches.size();
    }

    private void answer(HttpExchange exchange, boolean slices) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (!query.contains("watch=true")) {
            send(exchange, list(slices));
        } else if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            // No WebSocket here: the client then asks once more, for a stream of lines.
            send(exchange, "{}");
        } else {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            if (slices) {
                sliceWatches.add(exchange.getResponseBody());
            }
        }
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized String list(boolean slices) {
        return "{\"apiVersion\":\"" + (slices ? "discovery.k8s.io/v1" : "v1") + "\",\"kind\":\""
                + (slices ? "EndpointSliceList" : "ServiceList") + "\",\"metadata\":{\"resourceVersion\":\"" + version
                + "\"},\"items\":["
                + IntStream.range(0, pods.length)
                        .mapToObj(i -> slices ? slice(i, 1) : service(i))
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static String service(int i) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s" + i + "\",\"namespace\":\""
                + NAMESPACE + "\",\"uid\":\"v" + i + "\",\"resourceVersion\":\"1\"},\"spec\":{\"clusterIP\":\"10.96."
                + i / 250 + "." + (i % 250 + 1) + "\",\"ports\":[{\"name\":\"web\",\"port\":80}]}}";
    }

    private String slice(int i, long at) {
        return "{\"apiVersion\":\"discovery.k8s.io/v1\",\"kind\":\"EndpointSlice\",\"addressType\":\"IPv4\",\"metadata\":{"
                + "\"name\":\"s" + i + "-1\",\"namespace\":\"" + NAMESPACE + "\",\"uid\":\"e" + i
                + "\",\"resourceVersion\":\"" + at + "\",\"labels\":{\"kubernetes.io/service-name\":\"s" + i
                + "\"}},\"ports\":[{\"name\":\"web\",\"port\":8080}],\"endpoints\":[{\"addresses\":[\"" + pods[i]
                + "\"],\"conditions\":{\"ready\":true}}]}";
    }

    /** The service's pod is another one now. */
    synchronized void move(int service, String address) throws IOException {
        pods[service] = address;
        byte[] line = ("{\"type\":\"MODIFIED\",\"object\":" + slice(service, ++version) + "}\n")
                .getBytes(StandardCharsets.UTF_8);
        for (OutputStream watch : sliceWatches) {
            watch.write(line);
            watch.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
