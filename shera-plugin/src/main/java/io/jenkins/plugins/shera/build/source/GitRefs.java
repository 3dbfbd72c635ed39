package io.jenkins.plugins.shera.build.source;

import io.jenkins.plugins.shera.build.http.BoundedBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The refs of a repository, asked by git's smart HTTP protocol (gitprotocol-http(5), version 0); follows no redirects. */
public final class GitRefs {
    private static final int LARGEST = 8 * 1024 * 1024;

    private GitRefs() {}

    /** Commit by full name of the ref, {@code HEAD} first; an empty user asks as nobody. */
    public static Map<String, String> read(String url, String user, String password, Duration limit)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(url.replaceAll("/+$", "") + "/info/refs?service=git-upload-pack"))
                .timeout(limit);
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limit)
                .build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            throw e;
        } catch (IOException e) {
            throw silent(url);
        }
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == 401 || status == 403) {
                throw new SourceException("The git server of " + url + " needs credentials, or refuses these.");
            }
            String type = response.headers().firstValue("Content-Type").orElse("");
            if (status != 200 || !type.startsWith("application/x-git-upload-pack-advertisement")) {
                throw new SourceException(
                        "There is no git repository at " + url + " (the answer is " + status + "): check the address.");
            }
            return parse(BoundedBody.read(body, LARGEST, limit));
        } catch (HttpTimeoutException e) {
            throw silent(url);
        }
    }

    static Map<String, String> parse(byte[] bytes) throws SourceException {
        Map<String, String> refs = new LinkedHashMap<>();
        int at = 0;
        while (at + 4 <= bytes.length) {
            int length = length(bytes, at);
            if (length < 4) {
                at += 4;
                continue;
            }
            if (at + length > bytes.length) {
                throw new SourceException("The git server's list of branches is cut off or too long.");
            }
            String line = new String(bytes, at + 4, length - 4, StandardCharsets.UTF_8);
            int end = line.indexOf('\0');
            String plain = (end < 0 ? line : line.substring(0, end)).strip();
            if (plain.matches("[0-9a-f]{40,64} [^ ]+")) {
                int space = plain.indexOf(' ');
                refs.put(plain.substring(space + 1), plain.substring(0, space));
            }
            at += length;
        }
        return refs;
    }

    private static SourceException silent(String url) {
        return new SourceException(
                "The git server of " + url + " does not answer: check the address, and that Jenkins may reach it.");
    }

    private static int length(byte[] bytes, int at) throws SourceException {
        try {
            return Integer.parseInt(new String(bytes, at, 4, StandardCharsets.US_ASCII), 16);
        } catch (NumberFormatException e) {
            throw new SourceException("The git server's answer is not in git's protocol.");
        }
    }
}
