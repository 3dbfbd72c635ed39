package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.yaml.snakeyaml.Yaml;

/**
 * Stands in for a Mimir, which cannot be had for tests: the paths, verbs, statuses and YAML of its documented ruler API, for one
 * tenant of it named by X-Scope-OrgID, and the rules it evaluates by the API of Prometheus.
 */
public final class RulerDouble implements AutoCloseable {

    /** The one tenant of Mimir that it knows. */
    public static final String ORG = "team-a";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer http;
    private final Map<String, Object> groups = new ConcurrentSkipListMap<>();
    private volatile boolean loads = true;
    private volatile String refuses = "\0";

    /** Begins to answer. */
    public RulerDouble() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    /** Address as settings name it. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/prometheus");
    }

    /** A client that names the tenant. */
    public PrometheusClient client() {
        return new PrometheusClient(url(), "", ORG, Duration.ofSeconds(10));
    }

    /** Names and content of the groups it keeps. */
    public Map<String, Object> groups() {
        return new TreeMap<>(groups);
    }

    /** Whether it evaluates what it keeps. */
    public void loads(boolean does) {
        loads = does;
    }

    /** Says no to groups of this name from now on. */
    public void refuses(String group) {
        refuses = group;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!ORG.equals(exchange.getRequestHeaders().getFirst("X-Scope-OrgID"))) {
            send(exchange, 401, "no org id");
        } else if (path.startsWith("/prometheus/config/v1/rules/shera")) {
            rules(exchange, path.substring("/prometheus/config/v1/rules/shera".length()));
        } else if (path.equals("/prometheus/api/v1/rules")) {
            send(exchange, 200, "{\"status\":\"success\",\"data\":" + evaluated() + "}");
        } else if (path.equals("/prometheus/api/v1/query")) {
            send(exchange, 200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
        } else if (path.equals("/prometheus/api/v1/alerts")) {
            send(exchange, 200, "{\"status\":\"success\",\"data\":{\"alerts\":[]}}");
        } else {
            send(exchange, 404, "page not found");
        }
    }

    private void rules(HttpExchange exchange, String group) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "GET" -> {
                boolean none = groups.isEmpty();
                send(
                        exchange,
                        none ? 404 : 200,
                        none
                                ? "no rule groups found"
                                : new Yaml()
                                        .dump(Map.of("shera", groups.values().toArray())));
            }
            case "POST" -> {
                Map<String, Object> sent =
                        new Yaml().load(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                String name = String.valueOf(sent.get("name"));
                if (name.equals(refuses)) {
                    send(exchange, 400, "rule group has too many rules");
                } else {
                    groups.put(name, sent);
                    send(exchange, 202, "{\"status\":\"success\"}");
                }
            }
            default -> send(exchange, groups.remove(group.substring(1)) == null ? 404 : 202, "");
        }
    }

    private ObjectNode evaluated() {
        ObjectNode data = JSON.createObjectNode();
        ArrayNode all = data.putArray("groups");
        if (loads) {
            groups.values().forEach(each -> {
                JsonNode group = JSON.valueToTree(each);
                all.add(group);
            });
        }
        return data;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
