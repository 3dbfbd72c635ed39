package io.jenkins.plugins.shera.monitoring.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.promql.parse.Query;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One Prometheus server. Usable from many threads; every call is bounded in time and size and follows no redirect. */
public final class PrometheusClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 32 << 20;
    private static final int MOST_POINTS = 11_000;
    /** It reads all rules of everybody again, half a minute for 50,000 of them. */
    private static final Duration RELOAD = Duration.ofMinutes(2);

    private final HttpClient http;
    private final URI base;
    private final String authorization;
    private final String org;
    private final Duration limit;

    /**
     * Connects when it is first asked.
     *
     * @param base for example {@code http://prometheus:9090}, with the path before {@code /api} if there is one
     * @param authorization value of the Authorization header, or empty
     */
    public PrometheusClient(URI base, String authorization, Duration limit) {
        this(base, authorization, "", limit);
    }

    /** The same for a Mimir or Cortex, of which {@code org} names a tenant; empty for none. */
    public PrometheusClient(URI base, String authorization, String org, Duration limit) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.authorization = authorization;
        this.org = org;
        this.limit = limit;
    }

    /** The values of an expression over a stretch of time. */
    public List<Series> range(Expr expr, Instant since, Instant until, Duration step) throws IOException {
        return series(rangeData(expr.text(), since, until, step), true);
    }

    /** The same of a query that somebody wrote. */
    public List<Series> range(Query query, Instant since, Instant until, Duration step) throws IOException {
        return series(rangeData(query.text(), since, until, step), true);
    }

    /** The same with NaN and infinite values kept, as rules meet them. */
    public List<Series> rangeAsRulesSee(Expr expr, Instant since, Instant until, Duration step) throws IOException {
        return series(rangeData(expr.text(), since, until, step), false);
    }

    private JsonNode rangeData(String query, Instant since, Instant until, Duration step) throws IOException {
        long points = Duration.between(since, until).toMillis() / Math.max(1, step.toMillis());
        if (points < 0 || points > MOST_POINTS) {
            throw new PrometheusException(
                    "a chart of " + points + " points cannot be asked for: at most " + MOST_POINTS
                            + ". Take a shorter time range or a longer step.",
                    true,
                    null);
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("query", query);
        form.put("start", seconds(since));
        form.put("end", seconds(until));
        form.put("step", String.valueOf(step.toMillis() / 1000.0));
        return post("/api/v1/query_range", form);
    }

    /** The values of an expression now. */
    public List<Series> now(Expr expr) throws IOException {
        return series(post("/api/v1/query", Map.of("query", expr.text())), true);
    }

    /** The alerting rules that are in force, by group, as {@code /api/v1/rules} gives them. */
    public JsonNode rules() throws IOException {
        return data(send(request("/api/v1/rules?type=alert").GET()), "/api/v1/rules");
    }

    /** The same of one group, where the server can tell them apart (from 2.46 on); of all groups otherwise. */
    public JsonNode rules(String group) throws IOException {
        String path = "/api/v1/rules?type=alert&rule_group%5B%5D=" + URLEncoder.encode(group, StandardCharsets.UTF_8);
        return data(send(request(path).GET()), "/api/v1/rules");
    }

    /** The alerts that are pending or firing, as {@code /api/v1/alerts} gives them. */
    public JsonNode alerts() throws IOException {
        return data(send(request("/api/v1/alerts").GET()), "/api/v1/alerts").path("alerts");
    }

    /** How often it scrapes and evaluates. */
    public Intervals intervals() throws IOException {
        return Intervals.read(data(send(request("/api/v1/status/config").GET()), "/api/v1/status/config")
                .path("yaml")
                .asText());
    }

    /** How long it keeps values, by the limit of time it works by; empty where it has none or does not say, as Mimir does not. */
    public Optional<Duration> keeps() throws IOException {
        HttpResponse<InputStream> answer =
                send(request("/api/v1/status/runtimeinfo").GET());
        if (answer.statusCode() == 404) {
            text(answer);
            return Optional.empty();
        }
        String said = data(answer, "/api/v1/status/runtimeinfo")
                .path("storageRetention")
                .asText();
        // As "15d", "15d or 512MiB", or a size alone.
        String time = said.split(" ", 2)[0];
        try {
            return time.matches("[0-9][0-9a-z]{1,29}") ? Optional.of(Figures.ofPrometheus(time)) : Optional.empty();
        } catch (InvalidThresholdException e) {
            return Optional.empty();
        }
    }

    /** The server's version, to see that it is one. */
    public String version() throws IOException {
        return data(send(request("/api/v1/status/buildinfo").GET()), "/api/v1/status/buildinfo")
                .path("version")
                .asText("?");
    }

    /** Makes it read its configuration and rules again; it must be started with {@code --web.enable-lifecycle}. */
    public void reload() throws IOException {
        HttpResponse<InputStream> answer =
                send(request("/-/reload").timeout(RELOAD).POST(HttpRequest.BodyPublishers.noBody()));
        String text = text(answer);
        if (answer.statusCode() == 403 || answer.statusCode() == 405) {
            throw new PrometheusException(
                    base + " may not be told to reload. Start Prometheus with --web.enable-lifecycle.", true, null);
        }
        if (answer.statusCode() != 200) {
            throw new PrometheusException(base + " refused to reload: " + shortened(text), true, null);
        }
    }

    /** What a server said to a call that is none of Prometheus' own. */
    record Answer(int status, String text) {}

    Answer exchange(String method, String path, String yaml) throws IOException {
        HttpRequest.BodyPublisher body =
                yaml.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(yaml);
        HttpResponse<InputStream> answer =
                send(request(path).header("Content-Type", "application/yaml").method(method, body));
        return new Answer(answer.statusCode(), text(answer));
    }

    private static String seconds(Instant instant) {
        return String.format(java.util.Locale.ROOT, "%.3f", instant.toEpochMilli() / 1000.0);
    }

    private JsonNode post(String path, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return data(send(request), path);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(limit);
        if (!org.isEmpty()) {
            builder.header("X-Scope-OrgID", org);
        }
        return authorization.isEmpty() ? builder : builder.header("Authorization", authorization);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw new PrometheusException(
                    "Prometheus at " + base + " did not answer within "
                            + request.build().timeout().orElse(limit).toSeconds()
                            + " s. Ask for less, or see whether it is overloaded.",
                    false,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PrometheusException("interrupted while asking Prometheus at " + base, false, e);
        } catch (IOException e) {
            throw new PrometheusException(
                    "Prometheus at " + base + " does not answer (" + reason(e)
                            + "). Check that it runs and can be reached from Jenkins.",
                    false,
                    e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private JsonNode data(HttpResponse<InputStream> answer, String path) throws IOException {
        String text = text(answer);
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new PrometheusException(
                    base + path + " answered " + answer.statusCode()
                            + " with something that is no answer of Prometheus. Check the address.",
                    false,
                    e);
        }
        if (root == null || !"success".equals(root.path("status").asText())) {
            String why = root == null ? "nothing" : root.path("error").asText("status " + answer.statusCode());
            String kind = root == null ? "" : root.path("errorType").asText();
            boolean ofQuery = kind.equals("bad_data") || kind.equals("execution");
            throw new PrometheusException(
                    "Prometheus at " + base + " refused: " + shortened(why), true, null, ofQuery ? shortened(why) : "");
        }
        return root.path("data");
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new PrometheusException(
                        "the answer of Prometheus is larger than 32 MiB. Ask for less.", true, null);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    static String shortened(String text) {
        String line = text.strip();
        return line.length() > 500 ? line.substring(0, 500) + "\u2026" : line;
    }

    private static List<Series> series(JsonNode data, boolean finite) {
        List<Series> all = new ArrayList<>();
        for (JsonNode each : data.path("result")) {
            Map<String, String> labels = new LinkedHashMap<>();
            each.path("metric")
                    .fields()
                    .forEachRemaining(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            List<Series.Sample> samples = new ArrayList<>();
            each.path("values").forEach(value -> add(samples, value, finite));
            if (each.has("value")) {
                add(samples, each.path("value"), finite);
            }
            if (!samples.isEmpty()) {
                all.add(new Series(labels, samples));
            }
        }
        return all;
    }

    private static void add(List<Series.Sample> samples, JsonNode pair, boolean finite) {
        double value = number(pair.path(1).asText());
        if (Double.isFinite(value) || !finite) {
            samples.add(new Series.Sample(pair.path(0).asDouble(), value));
        }
    }

    /** Prometheus writes {@code +Inf}, which Java does not read. */
    private static double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
