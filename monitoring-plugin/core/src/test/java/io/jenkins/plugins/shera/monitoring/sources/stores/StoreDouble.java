package io.jenkins.plugins.shera.monitoring.sources.stores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for a Loki and an Elasticsearch, of which no packages can be had for tests: a small server of the JDK rather than recorded
 * answers, because paging is what can go wrong. It keeps lines and chooses among them by what is asked, as the documented APIs
 * {@code query_range} and {@code series}, {@code _search} with {@code scroll} do: Loki's end is not included, times of documents are
 * compared by the millisecond, and pages are as long as is asked, or shorter where the test says so.
 */
public final class StoreDouble implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|=)\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final HttpServer http;
    private final List<Kept> kept = new ArrayList<>();
    private final Map<String, List<JsonNode>> scrolls = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int page = Integer.MAX_VALUE;
    private volatile String instead = "";
    private volatile int status = 200;

    private record Kept(long stamp, Map<String, String> labels, String text) {}

    /** Begins to answer. */
    public StoreDouble() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Keeps a line. */
    public void keep(String namespace, String pod, String container, long stamp, String text) {
        Map<String, String> labels = new TreeMap<>(Map.of("namespace", namespace, "pod", pod, "container", container));
        labels.put("stream", text.hashCode() % 2 == 0 ? "stdout" : "stderr");
        kept.add(new Kept(stamp, labels, text));
    }

    /** What it was asked: method, path, headers that name somebody, and body. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** It gives no more than so many lines at once, whatever is asked. */
    public void page(int most) {
        page = most;
    }

    /** It says only this. */
    public void says(int answered, String body) {
        status = answered;
        instead = body;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("X-Scope-OrgID") + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        String said = instead.isEmpty() ? route(exchange, body) : instead;
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String route(HttpExchange exchange, String body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/loki/api/v1/query_range" -> lines(query(exchange)).toString();
            case "/loki/api/v1/series" -> series(query(exchange)).toString();
            case "/_search/scroll" ->
                scroll(exchange.getRequestMethod(), JSON.readTree(body)).toString();
            default ->
                search(JSON.readTree(body), exchange.getRequestURI().getQuery()).toString();
        };
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String each : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] pair = each.split("=", 2);
            query.put(
                    URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private List<Kept> chosen(String logql, Map<String, String> query) {
        String selector = logql.substring(0, logql.indexOf('}') + 1);
        List<Kept> chosen = new ArrayList<>(kept);
        Matcher matcher = MATCHER.matcher(selector);
        while (matcher.find()) {
            String label = matcher.group(1);
            String value = matcher.group(3).replace("\\\\", "\\");
            boolean regex = matcher.group(2).equals("=~");
            chosen.removeIf(each -> regex
                    ? !each.labels().getOrDefault(label, "").matches(value)
                    : !each.labels().getOrDefault(label, "").equals(value));
        }
        long start = Long.parseLong(query.get("start"));
        long end = Long.parseLong(query.get("end"));
        chosen.removeIf(each -> each.stamp() < start || each.stamp() >= end);
        chosen.sort(Comparator.comparingLong(Kept::stamp));
        return chosen;
    }

    private ObjectNode lines(Map<String, String> query) {
        List<Kept> chosen = chosen(query.get("query"), query);
        int most = Math.min(page, Integer.parseInt(query.get("limit")));
        ObjectNode root = JSON.createObjectNode().put("status", "success");
        ObjectNode data = root.putObject("data").put("resultType", "streams");
        ArrayNode result = data.putArray("result");
        Map<Map<String, String>, ArrayNode> streams = new LinkedHashMap<>();
        for (Kept each : chosen.subList(0, Math.min(most, chosen.size()))) {
            streams.computeIfAbsent(each.labels(), labels -> {
                        ObjectNode stream = result.addObject();
                        stream.set("stream", JSON.valueToTree(labels));
                        return stream.putArray("values");
                    })
                    .addArray()
                    .add(String.valueOf(each.stamp()))
                    .add(each.text());
        }
        return root;
    }

    private ObjectNode series(Map<String, String> query) {
        ObjectNode root = JSON.createObjectNode().put("status", "success");
        ArrayNode data = root.putArray("data");
        chosen(query.get("match[]"), query).stream()
                .map(Kept::labels)
                .distinct()
                .forEach(each -> data.add(JSON.<JsonNode>valueToTree(each)));
        return root;
    }

    private static String field(String name) {
        return switch (name) {
            case "kubernetes.namespace" -> "namespace";
            case "kubernetes.pod.name" -> "pod";
            default -> "container";
        };
    }

    private ObjectNode search(JsonNode body, String query) {
        List<Kept> chosen = new ArrayList<>(kept);
        for (JsonNode filter : body.at("/query/bool/filter")) {
            filter.path("term")
                    .fields()
                    .forEachRemaining(term -> chosen.removeIf(each -> !each.labels()
                            .get(field(term.getKey()))
                            .equals(term.getValue().asText())));
            filter.path("prefix")
                    .fields()
                    .forEachRemaining(term -> chosen.removeIf(each -> !each.labels()
                            .get(field(term.getKey()))
                            .startsWith(term.getValue().asText())));
            filter.path("range")
                    .fields()
                    .forEachRemaining(range -> chosen.removeIf(each -> each.stamp() / 1_000_000
                                    < range.getValue().path("gte").asLong(0)
                            || each.stamp() / 1_000_000
                                    > range.getValue().path("lte").asLong(Long.MAX_VALUE)));
        }
        if (body.has("aggs")) {
            return pods(chosen);
        }
        chosen.sort(Comparator.comparingLong(each -> each.stamp() / 1_000_000));
        List<JsonNode> hits = new ArrayList<>();
        for (Kept each : chosen) {
            ObjectNode hit = JSON.createObjectNode();
            hit.putObject("_source")
                    .put("@timestamp", io.jenkins.plugins.shera.monitoring.logs.Stamps.text(each.stamp()))
                    .put("message", each.text());
            hits.add(hit);
        }
        String id = "scroll" + scrolls.size();
        scrolls.put(id, hits);
        assert query.contains("scroll=1m");
        return hits(id, body.path("size").asInt());
    }

    private ObjectNode hits(String id, int size) {
        List<JsonNode> left = scrolls.getOrDefault(id, List.of());
        int count = Math.min(size, left.size());
        ObjectNode root = JSON.createObjectNode().put("_scroll_id", id).put("timed_out", false);
        root.putObject("_shards").put("failed", 0);
        ArrayNode hits = root.putObject("hits").putArray("hits");
        left.subList(0, count).forEach(hits::add);
        scrolls.put(id, new ArrayList<>(left.subList(count, left.size())));
        return root;
    }

    private ObjectNode scroll(String method, JsonNode body) {
        String id = body.path("scroll_id").asText();
        if (method.equals("DELETE")) {
            scrolls.remove(id);
            return JSON.createObjectNode().put("succeeded", true);
        }
        return hits(id, 2_000);
    }

    /** How many snapshots it still keeps for somebody. */
    public int scrolls() {
        return scrolls.size();
    }

    private static ObjectNode pods(List<Kept> chosen) {
        ObjectNode root = JSON.createObjectNode().put("timed_out", false);
        ArrayNode pods = root.putObject("aggregations").putObject("pods").putArray("buckets");
        Map<String, ArrayNode> known = new TreeMap<>();
        chosen.stream()
                .map(Kept::labels)
                .map(each -> List.of(each.get("pod"), each.get("container")))
                .distinct()
                .forEach(each -> known.computeIfAbsent(each.get(0), pod -> pods.addObject()
                                .put("key", pod)
                                .putObject("containers")
                                .putArray("buckets"))
                        .addObject()
                        .put("key", each.get(1)));
        return root;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
