package io.jenkins.plugins.shera.build.sonar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.build.http.BoundedBody;
import io.jenkins.plugins.shera.oci.image.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** SonarQube's web API as far as we read it; one per use, holds the token, never saved. Follows no redirects. */
public final class SonarClient {
    private static final int LARGEST = 8 * 1024 * 1024;
    private static final int PAGE = 100;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;
    private final String authorization;
    private final Duration limit;

    /** {@code limit} is for each answer; an empty token asks as nobody. */
    public SonarClient(String url, String token, Duration limit) {
        this.url = SonarAddress.check(url);
        this.authorization = token.isEmpty()
                ? ""
                : "Basic " + Base64.getEncoder().encodeToString((token + ":").getBytes(StandardCharsets.UTF_8));
        this.limit = limit;
    }

    /** The server's version, if it is up and takes the token. */
    public String ping() throws SonarException, InterruptedException {
        String version = version();
        if (!get("/api/authentication/validate", Map.of()).body().path("valid").asBoolean()) {
            throw denied();
        }
        return version;
    }

    /** The server's version, if it is up; asks for no token. */
    public String version() throws SonarException, InterruptedException {
        JsonNode status = get("/api/system/status", Map.of()).body();
        if (!status.path("status").asText().equals("UP")) {
            throw new SonarException(
                    SonarException.Kind.DOWN,
                    "SonarQube at " + url + " is " + status.path("status").asText("not ready")
                            + ": wait until it is up.");
        }
        return status.path("version").asText("?");
    }

    /** The server's clock, to the second; so that ours need not agree with it. */
    public Instant now() throws SonarException, InterruptedException {
        return get("/api/system/status", Map.of()).date();
    }

    /** A task of the Compute Engine. */
    public ComputeTask task(String id) throws SonarException, InterruptedException {
        return ComputeTask.of(get("/api/ce/task", Map.of("id", id)).body().path("task"));
    }

    /** The quality gate of one analysis. */
    public GateReading gate(String analysisId) throws SonarException, InterruptedException {
        return GateReading.of(get("/api/qualitygates/project_status", Map.of("analysisId", analysisId))
                .body()
                .path("projectStatus"));
    }

    /** Name of the gate that judges the project now. */
    public String gateOf(String project) throws SonarException, InterruptedException {
        return get("/api/qualitygates/get_by_project", Map.of("project", project))
                .body()
                .path("qualityGate")
                .path("name")
                .asText();
    }

    /** The revision an analysis was made of, empty when the server knows none; looked for among the newest. */
    public String revision(String project, String analysisId) throws SonarException, InterruptedException {
        for (JsonNode analysis : analyses(project)) {
            if (analysis.path("key").asText().equals(analysisId)) {
                return analysis.path("revision").asText();
            }
        }
        throw new SonarException(
                SonarException.Kind.UNKNOWN,
                "SonarQube at " + url + " does not list the analysis " + analysisId
                        + " among the newest of its project.");
    }

    /** Id of the project's newest analysis; empty when there is none. */
    public String newest(String project) throws SonarException, InterruptedException {
        return analyses(project).path(0).path("key").asText();
    }

    private JsonNode analyses(String project) throws SonarException, InterruptedException {
        return get("/api/project_analyses/search", Map.of("project", project, "ps", String.valueOf(PAGE)))
                .body()
                .path("analyses");
    }

    /** The project's measures of the moment by metric, those of new code too. */
    public Map<String, String> measures(String project) throws SonarException, InterruptedException {
        try {
            return measures(project, Metrics.ALL);
        } catch (SonarException e) {
            if (e.kind() != SonarException.Kind.UNKNOWN) {
                throw e;
            }
            // One metric this version does not have fails the whole question.
            List<String> known = new ArrayList<>();
            for (JsonNode metric :
                    get("/api/metrics/search", Map.of("ps", "500")).body().path("metrics")) {
                if (Metrics.ALL.contains(metric.path("key").asText())) {
                    known.add(metric.path("key").asText());
                }
            }
            return known.isEmpty() ? Map.of() : measures(project, known);
        }
    }

    private Map<String, String> measures(String project, List<String> metrics)
            throws SonarException, InterruptedException {
        Map<String, String> measures = new TreeMap<>();
        for (JsonNode measure : get(
                        "/api/measures/component",
                        Map.of("component", project, "metricKeys", String.join(",", metrics)))
                .body()
                .path("component")
                .path("measures")) {
            JsonNode value = measure.has("value")
                    ? measure.path("value")
                    : measure.has("period")
                            ? measure.path("period").path("value")
                            : measure.path("periods").path(0).path("value");
            if (!value.asText().isEmpty()) {
                measures.put(measure.path("metric").asText(), value.asText());
            }
        }
        return measures;
    }

    /** What the server itself leaves out of the project's analysis, as {@code key=value}. */
    public List<String> exclusions(String project) throws SonarException, InterruptedException {
        List<String> found = new ArrayList<>();
        for (JsonNode setting : get(
                        "/api/settings/values",
                        Map.of("component", project, "keys", String.join(",", ScannerProperties.NARROWING_KEYS)))
                .body()
                .path("settings")) {
            String key = setting.path("key").asText();
            if (setting.has("value") && !setting.path("value").asText().isEmpty()) {
                found.add(key + "=" + setting.path("value").asText());
            }
            for (JsonNode value : setting.path("values")) {
                found.add(key + "=" + value.asText());
            }
            for (JsonNode fields : setting.path("fieldValues")) {
                found.add(key + "=" + fields);
            }
        }
        return found;
    }

    private record Answer(ObjectNode body, Instant date) {}

    private Answer get(String path, Map<String, String> parameters) throws SonarException, InterruptedException {
        StringBuilder query = new StringBuilder();
        new TreeMap<>(parameters).forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path + query))
                .timeout(limit)
                .header("Accept", "application/json");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                check(path, response.statusCode());
                byte[] bytes = BoundedBody.read(body, LARGEST + 1, limit);
                if (bytes.length > LARGEST) {
                    throw new SonarException(
                            SonarException.Kind.REFUSED,
                            "SonarQube at " + url + " answers more than 8 MB to " + path + ".");
                }
                return new Answer(Json.read(bytes, "answer of SonarQube to " + path), date(response));
            }
        } catch (SonarException e) {
            throw e;
        } catch (IOException e) {
            throw new SonarException(
                    SonarException.Kind.DOWN,
                    "SonarQube at " + url + " does not answer (" + reason(e)
                            + "): check that it runs and that Jenkins reaches it.",
                    e);
        }
    }

    private void check(String path, int status) throws SonarException {
        if (status == 200) {
            return;
        }
        if (status == 401 || status == 403) {
            throw denied();
        }
        if (status == 404) {
            throw new SonarException(
                    SonarException.Kind.UNKNOWN,
                    "SonarQube at " + url + " knows nothing of what " + path
                            + " asks for: check the project key, and that the token may see it.");
        }
        boolean passing = status == 429 || status >= 500;
        throw new SonarException(
                passing ? SonarException.Kind.DOWN : SonarException.Kind.REFUSED,
                "SonarQube at " + url + " answers " + status + " to " + path
                        + (passing ? ": it is busy or not up." : ": check its address in the settings of SheRa."));
    }

    private SonarException denied() {
        return new SonarException(
                SonarException.Kind.DENIED,
                "SonarQube at " + url
                        + " does not take the token, or the token may not do this: it is wrong, expired or"
                        + " revoked. Make a new one there and put it into the credentials of this server.");
    }

    private static Instant date(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Date")
                .map(text -> {
                    try {
                        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant();
                    } catch (DateTimeParseException e) {
                        return Instant.now();
                    }
                })
                .orElseGet(Instant::now);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
