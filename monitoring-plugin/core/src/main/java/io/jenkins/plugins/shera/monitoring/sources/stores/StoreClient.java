package io.jenkins.plugins.shera.monitoring.sources.stores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Asks a store of logs or of measurements. Every call is bounded in time and size and follows no redirect. */
public final class StoreClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final int LARGEST = 64 << 20;
    private static final int SHOWN = 500;

    private final HttpClient http;
    private final URI base;
    private final Map<String, String> headers;
    private final Duration limit;

    /**
     * Connects when it is first asked.
     *
     * @param headers with every call, by which it knows us; empty ones are left out
     * @param trust whom to trust; null for whom this Java trusts
     */
    public StoreClient(URI base, Map<String, String> headers, SSLContext trust) {
        this(base, headers, trust, USUAL);
    }

    /** The same with a limit of time for each call. */
    public StoreClient(URI base, Map<String, String> headers, SSLContext trust, Duration limit) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER);
        this.http = trust == null ? builder.build() : builder.sslContext(trust).build();
        this.base = URI.create(base.toString().replaceAll("/+$", ""));
        this.headers = Map.copyOf(headers);
        this.limit = limit;
    }

    /** The object that the store answers with. */
    public JsonNode get(String path) throws IOException {
        return send("GET", path, "");
    }

    /** A header of what the store answers with; empty where it has none of this name. */
    public String header(String path, String name) throws IOException {
        HttpResponse<InputStream> answer = answer("GET", path, "");
        bytes(answer);
        return answer.headers().firstValue(name).orElse("");
    }

    JsonNode send(String method, String path, String body) throws IOException {
        return read(answer(method, path, body));
    }

    private HttpResponse<InputStream> answer(String method, String path, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(limit)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Kind.STORE_DOWN, "interrupted while asking " + base, e);
        } catch (IOException e) {
            throw new StoreException(Kind.STORE_DOWN, base + " does not answer: " + e, e);
        }
    }

    private JsonNode read(HttpResponse<InputStream> answer) throws IOException {
        byte[] bytes = bytes(answer);
        try {
            JsonNode root = JSON.readTree(bytes);
            if (root.isObject()) {
                return root;
            }
        } catch (IOException e) {
            throw new StoreException(Kind.STORE_FAILED, base + " answered with something that is no JSON", e);
        }
        throw new StoreException(Kind.STORE_FAILED, base + " answered with something else than an object", null);
    }

    private byte[] bytes(HttpResponse<InputStream> answer) throws IOException {
        byte[] bytes;
        try (InputStream body = answer.body()) {
            bytes = body.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw new StoreException(Kind.STORE_DOWN, base + " broke off its answer: " + e, e);
        }
        int status = answer.statusCode();
        if (status == 401 || status == 403) {
            throw new StoreException(Kind.STORE_LOGIN, base + " answered " + status, null);
        }
        if (status / 100 != 2) {
            String said = new String(bytes, 0, Math.min(SHOWN, bytes.length), StandardCharsets.UTF_8);
            Kind kind = status / 100 == 4 && status != 429 ? Kind.STORE_REFUSED : Kind.STORE_DOWN;
            throw new StoreException(kind, base + " answered " + status + ": " + said.strip(), null);
        }
        if (bytes.length > LARGEST) {
            throw new StoreException(Kind.STORE_FAILED, base + " answered with more than 64 MiB", null);
        }
        return bytes;
    }
}
