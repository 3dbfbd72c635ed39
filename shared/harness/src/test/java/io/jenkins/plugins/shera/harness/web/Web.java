package io.jenkins.plugins.shera.harness.web;

import hudson.model.Hudson;
import io.jenkins.plugins.shera.harness.pages.JenkinsSite;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/** A running Jenkins with its web server, and a client that keeps cookies. */
final class Web implements AutoCloseable {
    private static final Pattern CRUMB = Pattern.compile("\"crumb\":\"(\\w+)\"");
    final Jenkins jenkins;
    private final WebServer server;
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    Web(Path home) throws IOException, InterruptedException {
        jenkins = new Hudson(home.toFile(), null);
        server = WebServer.start(new JenkinsSite(jenkins), 0, "/jenkins");
    }

    URI at(String path) {
        return URI.create(server.address() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)), headers);
    }

    HttpResponse<String> post(String path, String form, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return send(request, headers);
    }

    /** A POST that carries the crumb of the session. */
    HttpResponse<String> postWithCrumb(String path, String form) throws IOException, InterruptedException {
        return post(path, form, "Jenkins-Crumb", crumb());
    }

    String crumb() throws IOException, InterruptedException {
        Matcher crumb = CRUMB.matcher(get("crumbIssuer/api/json").body());
        if (!crumb.find()) {
            throw new AssertionError("no crumb");
        }
        return crumb.group(1);
    }

    void signIn(String user, String password) throws IOException, InterruptedException {
        post("j_spring_security_check", "j_username=" + user + "&j_password=" + password + "&from=");
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        jenkins.cleanUp();
    }
}
