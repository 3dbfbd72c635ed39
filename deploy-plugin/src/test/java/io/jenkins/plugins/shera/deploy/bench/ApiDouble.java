package io.jenkins.plugins.shera.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Kubernetes API in memory with watches, in a process of its own, so that neither its heap nor its threads count for the engine: a real
 * cluster on a bench's machine runs 50 canaries, not 1,000. Pods of a Deployment are ready a moment after they are asked for. It notes
 * when which step of a rollout was recorded, and counts requests, by its own clock and by kind; of the newest it tells what they were.
 */
public final class ApiDouble {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ASKED = 1000;

    private final Objects objects = new Objects();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final Deque<String> asked = new ConcurrentLinkedDeque<>();
    private final Map<String, AtomicLong> kinds = new ConcurrentSkipListMap<>();

    /** Prints its port, and lives until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        System.out.println(start().getAddress().getPort());
        while (System.in.read() >= 0) {
            // lives as long as who started it
        }
        System.exit(0);
    }

    /** Starts one on a free port of the loopback. */
    public static HttpServer start() throws IOException {
        return start(null);
    }

    /** The same where each request passes this first, which may answer it in another way; null for nothing. */
    public static HttpServer start(Filter faults) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        ApiDouble double_ = new ApiDouble();
        HttpContext context = server.createContext("/", double_::handle);
        if (faults != null) {
            context.getFilters().add(faults);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(null, work, "request", 256 * 1024);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        return server;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith("/double/")) {
                answer(exchange, 200, told(path));
                return;
            }
            requests.incrementAndGet();
            String method = exchange.getRequestMethod();
            asked.add(method + " " + path);
            if (asked.size() > MOST_ASKED) {
                asked.poll();
            }
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            boolean watches =
                    method.equals("GET") && query.getOrDefault("watch", "").equals("true");
            kinds.computeIfAbsent((watches ? "WATCH" : method) + " " + kind(path), key -> new AtomicLong())
                    .incrementAndGet();
            if (watches) {
                watch(exchange, path, query);
                return;
            }
            if (!method.equals("GET")) {
                writes.incrementAndGet();
            }
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            JsonNode body = method.equals("GET") ? null : JSON.readTree(exchange.getRequestBody());
            Objects.Answer answer = objects.request(method, path, query, type == null ? "" : type, body);
            answer(exchange, answer.status(), answer.body());
        } catch (RuntimeException e) {
            e.printStackTrace();
            throw e;
        }
    }

    private JsonNode told(String path) {
        if (path.equals("/double/moves")) {
            ArrayNode moves = JsonNodeFactory.instance.arrayNode();
            objects.moves().forEach(moves::add);
            return moves;
        }
        if (path.equals("/double/asked")) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            asked.forEach(all::add);
            return all;
        }
        ObjectNode stats = JsonNodeFactory.instance
                .objectNode()
                .put("requests", requests.get())
                .put("writes", writes.get())
                .put("objects", objects.size());
        kinds.forEach((kind, many) -> stats.withObjectProperty("kinds").put(kind, many.get()));
        return stats;
    }

    /** What is asked for, without which one. */
    private static String kind(String path) {
        return path.replaceFirst(".*/namespaces/[^/]+/", "").replaceFirst("/.*", "");
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void watch(HttpExchange exchange, String path, Map<String, String> query) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        long seen = Long.parseLong(query.getOrDefault("resourceVersion", "0"));
        String selector = query.getOrDefault("labelSelector", "");
        long until = System.nanoTime() + Long.parseLong(query.getOrDefault("timeoutSeconds", "1800")) * 1_000_000_000L;
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            while (System.nanoTime() - until < 0) {
                for (Objects.Event event : objects.after(path, seen, selector, until)) {
                    ObjectNode line = JsonNodeFactory.instance.objectNode().put("type", event.type());
                    line.set("object", event.object());
                    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    seen = event.version();
                }
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : (raw == null ? "" : raw).split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                query.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
