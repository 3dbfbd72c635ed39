package io.jenkins.plugins.shera.monitoring.prometheus;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Prometheus for tests, on the loopback address, that scrapes one page of metrics every second; closing it stops it.
 * The page is served by this class: what stands on it is the test's to say.
 */
public final class RealPrometheus implements AutoCloseable {

    private final Process process;
    private final HttpServer page;
    private final URI url;
    private final Path rules;
    private volatile String metrics = "";

    private RealPrometheus(Path folder, String alertmanager, List<String> more)
            throws IOException, InterruptedException {
        this(folder, alertmanager, "", Duration.ofSeconds(1), more);
    }

    private RealPrometheus(Path folder, String alertmanager, String jobs, Duration interval, List<String> more)
            throws IOException, InterruptedException {
        Path binary = find("prometheus", "prometheus");
        page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page.createContext("/metrics", exchange -> {
            byte[] body = metrics.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        page.start();
        int port = freePort();
        url = URI.create("http://127.0.0.1:" + port);
        rules = folder.resolve("rules");
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global: {scrape_interval: %1$ds, evaluation_interval: %1$ds}
                rule_files: ["%2$s/current/*.yml"]
                scrape_configs:
                  - job_name: test
                    honor_labels: true
                    static_configs: [{targets: ["127.0.0.1:%3$d"]}]
                %4$s%5$s"""
                        .formatted(
                                interval.toSeconds(),
                                rules,
                                page.getAddress().getPort(),
                                jobs,
                                alertmanager.isEmpty()
                                        ? ""
                                        : "alerting: {alertmanagers: [{static_configs: [{targets: [\"" + alertmanager
                                                + "\"]}]}]}\n"));
        List<String> argv = Stream.concat(
                        Stream.of(
                                binary.toString(),
                                "--config.file=" + config,
                                // What could not be handed on is sent again after this: a minute, unless it is said.
                                "--rules.alert.resend-delay=2s",
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port),
                        more.stream())
                .toList();
        process = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.out").toFile())
                .start();
        await();
    }

    /** Starts one that may be told to reload; skipped with the reason where the machine has none. */
    public static RealPrometheus start(Path folder) throws IOException, InterruptedException {
        return new RealPrometheus(folder, "", List.of("--web.enable-lifecycle"));
    }

    /** One that already has measured what this text of OpenMetrics says, with the times that stand in it. */
    public static RealPrometheus backfilled(Path folder, String openMetrics) throws IOException, InterruptedException {
        Path text = Files.writeString(folder.resolve("past.om"), openMetrics + "# EOF\n");
        Process promtool = new ProcessBuilder(
                        promtool().toString(),
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        text.toString(),
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("backfill.out").toFile())
                .start();
        if (!promtool.waitFor(120, TimeUnit.SECONDS) || promtool.exitValue() != 0) {
            promtool.destroyForcibly();
            throw new IOException(Files.readString(folder.resolve("backfill.out")));
        }
        return start(folder);
    }

    /** The same, which tells its alerts to an Alertmanager at {@code host:port}. */
    public static RealPrometheus start(Path folder, String alertmanager) throws IOException, InterruptedException {
        return new RealPrometheus(folder, alertmanager, List.of("--web.enable-lifecycle"));
    }

    /** The same, which also scrapes thresholds from {@code host:port}; without an Alertmanager for an empty one. */
    public static RealPrometheus start(Path folder, String alertmanager, String thresholds)
            throws IOException, InterruptedException {
        return startWith(folder, alertmanager, job(thresholds));
    }

    /** The same with jobs of its configuration, indented by two, beside that of this class. */
    public static RealPrometheus startWith(Path folder, String alertmanager, String jobs)
            throws IOException, InterruptedException {
        return new RealPrometheus(folder, alertmanager, jobs, Duration.ofSeconds(1), List.of("--web.enable-lifecycle"));
    }

    /** One that scrapes, and evaluates rules, once in a whole number of seconds; thresholds too, where it is told from where. */
    public static RealPrometheus startEvery(Path folder, String thresholds, Duration interval)
            throws IOException, InterruptedException {
        String jobs = thresholds.isEmpty() ? "" : job(thresholds);
        return new RealPrometheus(folder, "", jobs, interval, List.of("--web.enable-lifecycle"));
    }

    private static String job(String thresholds) {
        return """
                  - job_name: shera-thresholds
                    honor_labels: true
                    static_configs: [{targets: ["%s"]}]
                """
                .formatted(thresholds);
    }

    /** One that may not be told to reload. */
    public static RealPrometheus startWithoutLifecycle(Path folder) throws IOException, InterruptedException {
        return new RealPrometheus(folder, "", List.of());
    }

    private void await() throws IOException, InterruptedException {
        for (int i = 0; i < 300; i++) {
            try {
                client().version();
                return;
            } catch (PrometheusException e) {
                if (!process.isAlive()) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        close();
        throw new IOException("Prometheus did not start within 30 s");
    }

    /** What is scraped from now on. */
    public void serve(String text) {
        metrics = text;
    }

    public URI url() {
        return url;
    }

    /** The folder whose {@code current} it reads rules from. */
    public Path rules() {
        return rules;
    }

    public PrometheusClient client() {
        return new PrometheusClient(url, "", Duration.ofSeconds(10));
    }

    /** promtool of this machine. */
    public static Path promtool() {
        return find("promtool", "prometheus");
    }

    /** A program on PATH; the test is skipped where there is none, and fails where real parts are required. */
    public static Path find(String program, String debianPackage) {
        Path found = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found == null && "1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            throw new AssertionError("SHERA_REQUIRE_REAL=1 and there is no " + program + " on PATH");
        }
        Assumptions.assumeTrue(found != null, "needs " + program + ": install the package '" + debianPackage + "'");
        return found;
    }

    /** A port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        page.stop(0);
    }
}
