package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One Alertmanager by its API of version 2. Usable from many threads; every call is bounded in time and size. */
public final class AlertmanagerClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 32 << 20;

    private final HttpClient http;
    private final URI base;
    private final String authorization;
    private final Duration limit;

    /** Connects when it is first asked; {@code authorization} is the header's value, or empty. */
    public AlertmanagerClient(URI base, String authorization, Duration limit) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.authorization = authorization;
        this.limit = limit;
    }

    /** It did not answer, or said no. */
    public static final class AlertmanagerException extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean refused;

        AlertmanagerException(String message, boolean refused, Throwable cause) {
            super(message, cause);
            this.refused = refused;
        }

        /** True when it understood and said no. */
        public boolean isRefused() {
            return refused;
        }
    }

    /** The configuration it works by, as it writes it itself: secrets are left out. */
    public String configuration() throws IOException {
        return json(request("/api/v2/status").GET(), "asked for its status")
                .path("config")
                .path("original")
                .asText();
    }

    /** How long it waits for others before it tells of an alert, where no route says otherwise. */
    public Duration groupWait() throws IOException {
        return ConfigShape.groupWait(configuration());
    }

    /** Makes it read its configuration again. */
    public void reload() throws IOException {
        send(request("/-/reload").POST(HttpRequest.BodyPublishers.noBody()), "told to reload");
    }

    /** The silences of a tenant, those that ended among them; a silence is the tenant's when it asks for the tenant and for nobody else. */
    public List<Silence> silences(String tenant) throws IOException {
        List<Silence> silences = new ArrayList<>();
        for (JsonNode each : json(request("/api/v2/silences").GET(), "asked for silences")) {
            Silence silence = Silence.read(each);
            if (silence.belongsTo(tenant)) {
                silences.add(silence);
            }
        }
        return silences;
    }

    /** Makes a silence and gives its id. */
    public String create(Silence silence) throws IOException {
        return json(
                        request("/api/v2/silences")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(silence.json()))),
                        "asked for a silence")
                .path("silenceID")
                .asText();
    }

    /**
     * Ends a tenant's silence now.
     *
     * @return false when the tenant has no such silence
     */
    public boolean expire(String tenant, String id) throws IOException {
        boolean own = silences(tenant).stream().anyMatch(silence -> silence.id().equals(id));
        if (own) {
            send(request("/api/v2/silence/" + id).DELETE(), "told to end a silence");
        }
        return own;
    }

    /** Raises an alert that only shows that a receiver hears; it ends by itself after a minute. */
    public void test(String tenant, String receiver, String summary) throws IOException {
        ArrayNode alerts = JSON.createArrayNode();
        ObjectNode alert = alerts.addObject();
        alert.putObject("labels")
                .put("alertname", "SheraTest")
                .put("managed_by", "shera")
                .put("tenant", tenant)
                .put("severity", "warning")
                .put(TenantBlock.TEST, receiver);
        alert.putObject("annotations").put("summary", summary);
        alert.put("endsAt", Instant.now().plusSeconds(60).toString());
        send(
                request("/api/v2/alerts")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(alerts))),
                "told of a test");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(limit);
        return authorization.isEmpty() ? builder : builder.header("Authorization", authorization);
    }

    private JsonNode json(HttpRequest.Builder request, String doing) throws IOException {
        String text = send(request, doing);
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AlertmanagerException(
                    "Alertmanager at " + base + " answered with something that is no answer of it. Check the address.",
                    false,
                    e);
        }
    }

    private String send(HttpRequest.Builder request, String doing) throws IOException {
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            String text;
            try (InputStream body = answer.body()) {
                text = new String(body.readNBytes(LARGEST), StandardCharsets.UTF_8);
            }
            if (answer.statusCode() / 100 != 2) {
                throw new AlertmanagerException(
                        "Alertmanager at " + base + " was " + doing + " and refused (" + answer.statusCode() + "): "
                                + shortened(text),
                        true,
                        null);
            }
            return text;
        } catch (HttpTimeoutException e) {
            throw new AlertmanagerException(
                    "Alertmanager at " + base + " did not answer within " + limit.toSeconds()
                            + " s. See whether it runs.",
                    false,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AlertmanagerException("interrupted while asking Alertmanager at " + base, false, e);
        } catch (AlertmanagerException e) {
            throw e;
        } catch (IOException e) {
            throw new AlertmanagerException(
                    "Alertmanager at " + base + " does not answer. Check that it runs and can be reached from Jenkins.",
                    false,
                    e);
        }
    }

    private static String shortened(String text) {
        String line = text.strip();
        return line.length() > 500 ? line.substring(0, 500) + "\u2026" : line;
    }
}
