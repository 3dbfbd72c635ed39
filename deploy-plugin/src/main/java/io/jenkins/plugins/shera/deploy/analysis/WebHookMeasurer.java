package io.jenkins.plugins.shera.deploy.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Asks a web hook: POST of what is measured, answer {@code {"value": 0.3}}, perhaps with {@code "stable": 0.2}. */
public final class WebHookMeasurer implements Measurer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 64 << 10;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final Map<String, String> about;

    /** {@code about} is sent along: tenant, application, environment, image. */
    public WebHookMeasurer(Map<String, String> about) {
        this.about = Map.copyOf(about);
    }

    @Override
    public Optional<Sample> measure(AnalysisSpec spec, String run) throws IOException {
        URI uri = address(spec.what());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        about.forEach(body::put);
        body.put("run", run);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(15))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<InputStream> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream content = answer.body()) {
                byte[] bytes = content.readNBytes(LARGEST);
                if (answer.statusCode() != 200) {
                    throw new IOException("the web hook " + uri.getHost() + " answered HTTP " + answer.statusCode());
                }
                return Optional.of(sample(JSON.readTree(bytes), uri));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the web hook was asked", e);
        }
    }

    private static Sample sample(JsonNode answer, URI uri) throws IOException {
        if (answer == null || !answer.path("value").isNumber()) {
            throw new IOException("the web hook " + uri.getHost() + " did not answer {\"value\": NUMBER}");
        }
        Double stable = answer.path("stable").isNumber() ? answer.path("stable").asDouble() : null;
        return new Sample(answer.path("value").asDouble(), stable, Instant.now());
    }

    /** Link-local addresses are where clouds keep credentials of machines. */
    private static URI address(String text) throws IOException {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("the address of the web hook is not a URL", e);
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IOException("the address of the web hook must be http:// or https:// without a user");
        }
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            if (address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
                throw new IOException("the address of the web hook must not be link-local");
            }
        }
        return uri;
    }
}
