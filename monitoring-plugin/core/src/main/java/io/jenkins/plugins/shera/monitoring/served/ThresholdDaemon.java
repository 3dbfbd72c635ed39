package io.jenkins.plugins.shera.monitoring.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;

/** A daemon that keeps thresholds. Usable from many threads; every call is bounded in time and size and follows no redirect. */
public final class ThresholdDaemon {

    /** The part of the address below which thresholds are. */
    public static final String PATH = "/v1/thresholds";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LARGEST = 16 << 20;

    private final HttpClient http;
    private final URI base;
    private final String token;

    /**
     * Connects when it is first asked.
     *
     * @param trust whom to trust; null for whom this Java trusts
     * @param token the secret by which it is told of changes
     */
    public ThresholdDaemon(URI base, SSLContext trust, String token) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.http = trust == null ? builder.build() : builder.sslContext(trust).build();
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.token = token;
    }

    /** What it serves of a tenant, with the generation that a change begins from. */
    public ServedBook read(String tenant) throws IOException {
        byte[] body = send("GET", PATH + "/" + tenant, new byte[0]);
        try {
            return ServedBook.read(body, "generation");
        } catch (IOException | InvalidThresholdException e) {
            throw notOurs(e);
        }
    }

    /**
     * Replaces all it serves of a tenant.
     *
     * @param book with the generation it was made from
     * @return the new generation
     * @throws Rollover.RefusedException when somebody else changed it meanwhile, or it does not take them; nothing was changed then
     */
    public long replace(String tenant, ServedBook book) throws IOException {
        return number(send("PUT", PATH + "/" + tenant, book.bytes("after")));
    }

    /** The tenants it serves something of. */
    public Set<String> tenants() throws IOException {
        Set<String> tenants = new TreeSet<>();
        json(send("GET", PATH, new byte[0])).path("tenants").forEach(each -> tenants.add(each.asText()));
        return tenants;
    }

    private long number(byte[] body) throws IOException {
        JsonNode generation = json(body).path("generation");
        if (!generation.isIntegralNumber()) {
            throw notOurs(null);
        }
        return generation.asLong();
    }

    private JsonNode json(byte[] body) throws IOException {
        try {
            JsonNode read = JSON.readTree(body);
            if (read.isObject()) {
                return read;
            }
        } catch (IOException e) {
            throw notOurs(e);
        }
        throw notOurs(null);
    }

    private IOException notOurs(Exception cause) {
        return new IOException(
                base
                        + " answered with something that is no answer of a daemon of thresholds. Check the address, and that"
                        + " the daemon is as new as this plugin.",
                cause);
    }

    private byte[] send(String method, String path, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream stream = answer.body()) {
                byte[] bytes = stream.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw notOurs(null);
                }
                return done(answer.statusCode(), bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking the daemon of thresholds at " + base, e);
        } catch (Rollover.RefusedException e) {
            throw e;
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw why.startsWith(base.toString())
                    ? e
                    : new IOException(
                            "The daemon of thresholds at " + base + " does not answer (" + why
                                    + "). Check that it runs and can be reached from Jenkins.",
                            e);
        }
    }

    private byte[] done(int status, byte[] body) throws IOException {
        if (status / 100 == 2) {
            return body;
        }
        String said;
        try {
            JsonNode told = JSON.readTree(body);
            said = told.path("where").asText() + ": " + told.path("why").asText() + ". "
                    + told.path("next").asText();
        } catch (IOException e) {
            said = new String(body, StandardCharsets.UTF_8).strip();
        }
        String text = said.length() > 500 ? said.substring(0, 500) + "\u2026" : said;
        String message = base + " refused (" + status + "): " + text;
        throw status / 100 == 4 ? new Rollover.RefusedException(message) : new IOException(message);
    }
}
