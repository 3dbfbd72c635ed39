package io.jenkins.plugins.shera.oci.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;

/** What came back: status, headers, and a body that is watched for standstill and bounded where it is read whole. */
final class Answer implements Closeable {
    private static final int LONGEST_ERROR = 64 * 1024;

    private final HttpResponse<InputStream> response;
    private final InputStream body;

    Answer(HttpResponse<InputStream> response) {
        this.response = response;
        this.body = new StallWatch(response.body());
    }

    int status() {
        return response.statusCode();
    }

    boolean isSuccess() {
        return status() >= 200 && status() < 300;
    }

    /** The header's first value, or empty. */
    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    URI uri() {
        return response.uri();
    }

    InputStream body() {
        return body;
    }

    /** The whole body; one longer than {@code most} bytes is refused. */
    byte[] content(int most, String what) throws IOException {
        byte[] content = body.readNBytes(most + 1);
        if (content.length > most) {
            throw new RegistryException(
                    status(),
                    "The registry " + uri().getRawAuthority() + " sent a " + what + " of more than " + most + " bytes.",
                    null);
        }
        return content;
    }

    /** The registry's own words for what went wrong, cleaned and cut; empty when it has none. */
    String reason() {
        try {
            ObjectNode json = Json.read(body.readNBytes(LONGEST_ERROR), "answer");
            JsonNode first = json.path("errors").path(0);
            String words =
                    first.path("code").asText("") + ": " + first.path("message").asText("");
            return words.equals(": ") ? "" : Quoted.of(words);
        } catch (IOException e) {
            return "";
        }
    }

    /** An exception of the form: what failed, where, why, what next. */
    RegistryException failure(String what, RegistryCredentials credentials) {
        String reason = reason();
        String why = status() + (reason.isEmpty() ? "" : " " + reason);
        return new RegistryException(
                status(),
                what + " failed: " + uri().getRawAuthority() + " answered " + why + ". " + next(credentials),
                null);
    }

    private String next(RegistryCredentials credentials) {
        switch (status()) {
            case 401:
                return credentials.isPresent()
                        ? "It does not take these " + credentials + ": correct them where the registry is set up."
                        : "It wants credentials: set them where the registry is set up.";
            case 403:
                return "The " + credentials + " may not do this there: grant it, or use others.";
            case 404:
                return "It is not there: check the name.";
            case 405:
            case 415:
                return "The registry does not offer this: it may have to be enabled there.";
            case 429:
                return "It wants fewer requests: try again later.";
            default:
                return status() >= 500
                        ? "The registry itself is in trouble: see its log, then try again."
                        : "See the registry's log.";
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            java.util.logging.Logger.getLogger(Answer.class.getName())
                    .log(java.util.logging.Level.FINE, "closing an answer", e);
        }
    }
}
