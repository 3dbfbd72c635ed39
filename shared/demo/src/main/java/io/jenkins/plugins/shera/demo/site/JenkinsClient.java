package io.jenkins.plugins.shera.demo.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person's script would do over REST: it works the same on a real Jenkins. */
public final class JenkinsClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;
    private final String authorization;

    /** Sends the API token with each request, as a script does; it needs no crumb. */
    public JenkinsClient(String url, String user, String token) {
        this.url = url;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a JSON body to one of the suite's addresses. */
    public void write(String path, Object body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(path, "application/json", JSON.writeValueAsString(body));
        if (answer.statusCode() != 200) {
            throw new IOException("POST " + path + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** Starts a build with these parameters, or with none, and gives its address below Jenkins. */
    public String build(String job, Map<String, String> parameters) throws IOException, InterruptedException {
        int number = read(job + "/api/json?tree=nextBuildNumber")
                .path("nextBuildNumber")
                .asInt(1);
        String form = parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = post(
                job + (parameters.isEmpty() ? "/build" : "/buildWithParameters"),
                "application/x-www-form-urlencoded",
                form);
        if (answer.statusCode() == 400 && parameters.isEmpty()) {
            // A job that has parameters takes their defaults from this address alone.
            answer = post(job + "/buildWithParameters", "application/x-www-form-urlencoded", "");
        }
        if (answer.statusCode() >= 400) {
            throw new IOException(
                    "The build of " + job + " was not started: " + answer.statusCode() + " " + answer.body());
        }
        return job + "/" + number;
    }

    /** Reads something as JSON; a missing node while it does not exist. */
    public JsonNode read(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        return answer.statusCode() == 404 ? JSON.missingNode() : JSON.readTree(answer.body());
    }

    /** A piece of a build's log from a position on. */
    public HttpResponse<String> log(String build, long from) throws IOException, InterruptedException {
        return get(build + "/logText/progressiveText?start=" + from);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", authorization);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
