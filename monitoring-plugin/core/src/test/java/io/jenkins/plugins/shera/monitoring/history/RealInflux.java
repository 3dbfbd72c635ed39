package io.jenkins.plugins.shera.monitoring.history;

import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real InfluxDB 1.x for tests, on the loopback address, with users and the database of Heapster; closing it stops it. */
public final class RealInflux implements AutoCloseable {

    /** Who may read the database {@code k8s} and nothing else. */
    public static final String READER = "reader";

    /** The password of the reader. */
    public static final String PASSWORD = "pass-of-reader";

    private static final String ROOT = basic("root", "pass-of-root");

    private final Process process;
    private final URI url;
    private final HttpClient http = HttpClient.newHttpClient();

    private RealInflux(Path folder) throws IOException, InterruptedException {
        Path binary = RealPrometheus.find("influxd", "influxdb");
        int port = RealPrometheus.freePort();
        url = URI.create("http://127.0.0.1:" + port);
        Path config = Files.writeString(
                folder.resolve("influxdb.conf"),
                """
                reporting-disabled = true
                bind-address = "127.0.0.1:%d"
                [meta]
                dir = "%s/meta"
                [data]
                dir = "%s/data"
                wal-dir = "%s/wal"
                [monitor]
                store-enabled = false
                [http]
                bind-address = "127.0.0.1:%d"
                auth-enabled = true
                """
                        .formatted(RealPrometheus.freePort(), folder, folder, folder, port));
        process = new ProcessBuilder(binary.toString(), "-config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("influxdb.out").toFile())
                .start();
        await();
        admin("CREATE USER root WITH PASSWORD 'pass-of-root' WITH ALL PRIVILEGES");
        admin("CREATE DATABASE k8s");
        admin("CREATE RETENTION POLICY \"default\" ON k8s DURATION INF REPLICATION 1 DEFAULT");
        admin("CREATE USER " + READER + " WITH PASSWORD '" + PASSWORD + "'");
        admin("GRANT READ ON k8s TO " + READER);
    }

    /** Starts one; skipped with the reason where the machine has none. */
    public static RealInflux start(Path folder) throws IOException, InterruptedException {
        return new RealInflux(folder);
    }

    private void await() throws IOException, InterruptedException {
        for (int i = 0; i < 300; i++) {
            try {
                send(HttpRequest.newBuilder(URI.create(url + "/ping")).GET());
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        close();
        throw new IOException("InfluxDB did not start within 15 s");
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.header("Authorization", ROOT).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** What the administrator is answered. */
    public String admin(String query) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + "/query"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("q=" + URLEncoder.encode(query, StandardCharsets.UTF_8))));
    }

    /** Writes lines of its line protocol, dated in seconds. */
    public void write(String lines) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(url + "/write?db=k8s&precision=s"))
                .POST(HttpRequest.BodyPublishers.ofString(lines)));
    }

    /** A value of a pod's container, as Heapster writes it. */
    public void heapster(String measurement, String namespace, String pod, String container, Instant at, long value)
            throws IOException, InterruptedException {
        write(measurement + ",cluster_name=default,type=pod_container,namespace_name=" + escaped(namespace)
                + ",pod_name=" + escaped(pod) + ",container_name=" + escaped(container)
                + ",labels=app:shop,nodename=n1 value=" + value + "i " + at.getEpochSecond());
    }

    private static String escaped(String tag) {
        return tag.replace(",", "\\,").replace("=", "\\=").replace(" ", "\\ ");
    }

    public URI url() {
        return url;
    }

    /** The history as the reader sees it. */
    public InfluxHistory history(InfluxSchema schema) {
        return history(basic(READER, PASSWORD), schema);
    }

    /** The same as one sees it who may do everything: nothing but the query itself keeps tenants apart. */
    InfluxHistory unguarded(InfluxSchema schema) {
        return history(ROOT, schema);
    }

    InfluxHistory history(String authorization, InfluxSchema schema) {
        StoreClient client = new StoreClient(url, Map.of("Authorization", authorization), null, Duration.ofSeconds(10));
        return new InfluxHistory("old", client, new InfluxPlace("k8s", "default", Map.of()), schema);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
