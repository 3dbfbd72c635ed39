package io.jenkins.plugins.shera.monitoring.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** How Jenkins asks a daemon: every call is bounded in time and size and follows no redirect. Usable from many threads. */
final class DaemonCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LARGEST = 16 << 20;

    private final HttpClient http;
    private final URI base;
    private final String token;
    private final String what;

    /** {@code what} the daemon keeps; {@code trust} null for whom this Java trusts. */
    DaemonCalls(URI base, SSLContext trust, String token, String what) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        this.http = trust == null ? builder.build() : builder.sslContext(trust).build();
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.token = token;
        this.what = what;
    }

    /** The tenants it keeps something of, below this path. */
    Set<String> tenants(String path) throws IOException {
        Set<String> tenants = new TreeSet<>();
        json(send("GET", path, new byte[0])).path("tenants").forEach(each -> tenants.add(each.asText()));
        return tenants;
    }

    /** The generation an answer tells. */
    long number(JsonNode answer) throws IOException {
        JsonNode generation = answer.path("generation");
        if (!generation.isIntegralNumber()) {
            throw notOurs(null);
        }
        return generation.asLong();
    }

    /** An answer that is an object. */
    JsonNode json(byte[] body) throws IOException {
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

    /** Something else answers there. */
    IOException notOurs(Exception cause) {
        return new IOException(
                base
                        + " answered with something that is no answer of a daemon of " + what
                        + ". Check the address, and that the daemon is as new as this plugin.",
                cause);
    }

    /**
     * Sends and gives what came back.
     *
     * @throws Rollover.RefusedException with the daemon's own words
     */
    byte[] send(String method, String path, byte[] body) throws IOException {
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
            throw new IOException("interrupted while asking the daemon of " + what + " at " + base, e);
        } catch (Rollover.RefusedException e) {
            throw e;
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw why.startsWith(base.toString())
                    ? e
                    : new IOException(
                            "The daemon of " + what + " at " + base + " does not answer (" + why
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
