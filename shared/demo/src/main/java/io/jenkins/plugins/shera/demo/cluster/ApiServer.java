package io.jenkins.plugins.shera.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** The HTTP side of the sandbox, on the loopback address, for who knows the token. */
final class ApiServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY = 3 * 1024 * 1024;

    private final ObjectStore store;
    private final String token;
    private final BiFunction<String, Integer, String> podLog;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    /** Starts to answer; {@code podLog} gives the last lines of a pod by path. */
    ApiServer(ObjectStore store, int port, String token, BiFunction<String, Integer, String> podLog)
            throws IOException {
        this.store = store;
        this.token = token;
        this.podLog = podLog;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                status(exchange, 401, "Unauthorized", "Unauthorized");
                return;
            }
            answer(exchange);
        } catch (RuntimeException e) {
            status(exchange, 500, "InternalError", String.valueOf(e));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
        switch (exchange.getRequestMethod()) {
            case "GET" -> get(exchange, path, query);
            case "PATCH" -> patch(exchange, path, query, body);
            case "POST" -> post(exchange, path, body);
            case "DELETE" -> delete(exchange, path);
            default -> status(exchange, 405, "MethodNotAllowed", "the sandbox does not know this method");
        }
    }

    private void get(HttpExchange exchange, String path, Map<String, String> query) throws IOException {
        if (path.equals("/version")) {
            send(
                    exchange,
                    200,
                    JSON.createObjectNode().put("major", "1").put("minor", "34").put("gitVersion", "v1.34.0-sandbox"));
        } else if (path.endsWith("/log") && path.contains("/pods/")) {
            int lines = Integer.parseInt(query.getOrDefault("tailLines", "1000"));
            byte[] text = podLog.apply(path.substring(0, path.length() - "/log".length()), lines)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        } else if (ApiPath.isCollection(path)) {
            ObjectNode list = ObjectStore.object(ApiPath.apiVersion(path), "List");
            list.putObject("metadata").put("resourceVersion", "0");
            ArrayNode items = list.putArray("items");
            for (ObjectNode object : ApiPath.isNamespaced(path) ? store.list(path) : everywhere(path)) {
                if (Selectors.labels(object, query.getOrDefault("labelSelector", ""))
                        && Selectors.fields(object, query.getOrDefault("fieldSelector", ""))) {
                    items.add(object);
                }
            }
            send(exchange, 200, list);
        } else {
            ObjectNode found = store.find(path).orElse(null);
            if (found == null) {
                notFound(exchange, path);
            } else {
                send(exchange, 200, found);
            }
        }
    }

    /** A collection without a namespace: of cluster-wide objects, or of all namespaces. */
    private List<ObjectNode> everywhere(String path) {
        List<ObjectNode> own = store.list(path);
        return own.isEmpty() ? store.ofKind(ApiPath.kindOf(path)) : own;
    }

    private void patch(HttpExchange exchange, String path, Map<String, String> query, byte[] body) throws IOException {
        String namespace = ApiPath.namespace(path);
        if (!namespace.isEmpty()
                && store.find("/api/v1/namespaces/" + namespace).isEmpty()) {
            status(exchange, 404, "NotFound", "namespaces \"" + namespace + "\" not found");
            return;
        }
        if (!(JSON.readTree(body) instanceof ObjectNode wanted)
                || ApiPath.kindOf(path).isEmpty()) {
            status(
                    exchange,
                    422,
                    "Invalid",
                    "the sandbox takes Namespaces, Deployments, Services, ConfigMaps and Secrets");
            return;
        }
        if (!namespace.isEmpty()) {
            wanted.withObjectProperty("metadata").put("namespace", namespace);
        }
        boolean created = store.find(path).isEmpty();
        ObjectNode result =
                store.apply(path, wanted, query.getOrDefault("fieldManager", ""), "All".equals(query.get("dryRun")));
        send(exchange, created ? 201 : 200, result);
    }

    private void post(HttpExchange exchange, String path, byte[] body) throws IOException {
        if (!path.endsWith("/selfsubjectaccessreviews") || !(JSON.readTree(body) instanceof ObjectNode review)) {
            status(exchange, 405, "MethodNotAllowed", "the sandbox takes objects by server-side apply only");
            return;
        }
        review.putObject("status").put("allowed", true);
        send(exchange, 201, review);
    }

    private void delete(HttpExchange exchange, String path) throws IOException {
        if (store.delete(path)) {
            status(exchange, 200, "Success", "");
        } else {
            notFound(exchange, path);
        }
    }

    private void notFound(HttpExchange exchange, String path) throws IOException {
        String[] parts = path.split("/");
        String resource = parts.length < 2 ? "" : parts[parts.length - 2];
        status(exchange, 404, "NotFound", resource + " \"" + parts[parts.length - 1] + "\" not found");
    }

    private static void status(HttpExchange exchange, int code, String reason, String message) throws IOException {
        ObjectNode status = ObjectStore.object("v1", "Status");
        status.put("status", code < 300 ? "Success" : "Failure")
                .put("reason", reason)
                .put("message", message)
                .put("code", code);
        send(exchange, code, status);
    }

    private static void send(HttpExchange exchange, int code, JsonNode content) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(content);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
