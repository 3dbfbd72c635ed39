package io.jenkins.plugins.shera.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The double of an API server, in a process that ends with this one. */
final class DoubleProcess implements AutoCloseable {

    private final Process process;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();

    DoubleProcess() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ProcessBuilder(
                        java,
                        "-Xmx2g",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApiDouble.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        address = "http://127.0.0.1:" + port;
    }

    String address() {
        return address;
    }

    /** Stable with so many pods, and its Service. */
    void deploy(String namespace, String name, int pods) throws IOException, InterruptedException {
        Deployed.at(address, namespace, name, pods);
    }

    /** {@code stats} or {@code moves}. */
    JsonNode told(String what) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/double/" + what)).build();
        return new ObjectMapper()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
