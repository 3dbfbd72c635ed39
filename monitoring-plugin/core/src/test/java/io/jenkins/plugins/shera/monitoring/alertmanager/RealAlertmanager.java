package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A real Alertmanager for tests, on the loopback address, whose configuration has an operator's own receiver and route; and a web hook
 * that keeps what it is told. Closing it stops both.
 */
public final class RealAlertmanager implements AutoCloseable {

    private final Process process;
    private final HttpServer hook;
    private final URI url;
    private final Path config;
    private final List<String> told = new CopyOnWriteArrayList<>();

    private RealAlertmanager(Path folder) throws IOException, InterruptedException {
        Path binary = RealPrometheus.find("prometheus-alertmanager", "prometheus-alertmanager");
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String proof = exchange.getRequestHeaders().getFirst("Authorization");
            told.add(exchange.getRequestURI() + " " + proof + " " + body);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        hook.start();
        Files.createDirectories(folder);
        config = folder.resolve("alertmanager.yml");
        Files.writeString(
                config,
                """
                # the operator's own
                route:
                  receiver: operator
                  group_wait: 1s   # soon
                  group_interval: 1s
                  routes:
                    - matchers: [team="dba"]
                      receiver: operator

                receivers:
                - name: operator
                  webhook_configs: [{url: "%s/operator"}]
                """
                        .formatted(hook()));
        int port = RealPrometheus.freePort();
        url = URI.create("http://127.0.0.1:" + port);
        process = new ProcessBuilder(
                        binary.toString(),
                        "--config.file=" + config,
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.out").toFile())
                .start();
        await();
    }

    /** Starts one; skipped with the reason where the machine has none. */
    public static RealAlertmanager start(Path folder) throws IOException, InterruptedException {
        return new RealAlertmanager(folder);
    }

    private void await() throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            try {
                client().configuration();
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        close();
        throw new IOException("Alertmanager did not start within 60 s");
    }

    /** Tells it of an alert, as Prometheus would. */
    public void alert(String labels) throws IOException, InterruptedException {
        post("[{\"labels\":" + labels + "}]");
    }

    /** Tells it that such an alert has ended. */
    public void resolve(String labels) throws IOException, InterruptedException {
        post("[{\"labels\":" + labels + ",\"endsAt\":\"" + Instant.now().minusSeconds(1) + "\"}]");
    }

    private void post(String alerts) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v2/alerts"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(alerts))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
    }

    /** What the web hook was told: path, authorization and body of each call. */
    public List<String> told() {
        return List.copyOf(told);
    }

    /** Address of the web hook. */
    public String hook() {
        return "http://127.0.0.1:" + hook.getAddress().getPort();
    }

    public URI url() {
        return url;
    }

    /** Its configuration file. */
    public Path config() {
        return config;
    }

    public AlertmanagerClient client() {
        return new AlertmanagerClient(url, "", Duration.ofSeconds(10));
    }

    /** amtool of this machine. */
    public static Path amtool() {
        return RealPrometheus.find("amtool", "prometheus-alertmanager");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        hook.stop(0);
    }
}
