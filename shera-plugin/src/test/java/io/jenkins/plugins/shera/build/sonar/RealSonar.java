package io.jenkins.plugins.shera.build.sonar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real SonarQube from Maven Central, small, started once for all tests of the JVM; it takes one to two minutes. It will
 * not run as root, so as root it runs as nobody.
 */
public final class RealSonar {
    private static final String VERSION = "9.9.8.100196";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private static RealSonar one;

    private final String url;
    private final Process process;
    private final Path work;
    private String token = "";

    private RealSonar(String url, Process process, Path work) {
        this.url = url;
        this.process = process;
        this.work = work;
    }

    /** The one server, up; the test is skipped where Maven or what it fetches is not to be had. */
    public static synchronized RealSonar get() throws Exception {
        if (one == null) {
            DockerRegistry.requireProgram("mvn");
            if (ROOT) {
                DockerRegistry.requireProgram("setpriv");
            }
            one = start(unpacked());
        }
        return one;
    }

    private static Path unpacked() throws Exception {
        Path all = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "shera-sonarqube-" + VERSION));
        Path home = all.resolve("sonarqube-" + VERSION);
        if (!Files.exists(all.resolve("complete"))) {
            run(
                    Path.of("."),
                    List.of(
                            "mvn",
                            "-q",
                            "-B",
                            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack",
                            "-Dartifact=org.sonarsource.sonarqube:sonar-application:" + VERSION + ":zip",
                            "-DoutputDirectory=" + all));
            if (ROOT) {
                run(all, List.of("chown", "-R", "65534:65534", all.toString()));
            }
            Files.writeString(all.resolve("complete"), "");
        }
        return home;
    }

    private static RealSonar start(Path home) throws Exception {
        Path work = Files.createTempDirectory("shera-sonar-run");
        int port = freePort();
        List<String> command = new ArrayList<>();
        if (ROOT) {
            run(work, List.of("chown", "65534:65534", work.toString()));
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-jar",
                home.resolve("lib/sonar-application-" + VERSION + ".jar").toString()));
        Map<String, String> settings = new TreeMap<>(Map.of(
                "web.host", "127.0.0.1",
                "web.port", String.valueOf(port),
                "search.port", String.valueOf(freePort()),
                "es.port", String.valueOf(freePort()),
                "embeddedDatabase.port", String.valueOf(freePort()),
                "path.data", work.resolve("data").toString(),
                "path.logs", work.resolve("logs").toString(),
                "path.temp", work.resolve("temp").toString()));
        settings.put("web.javaOpts", "-Xmx384m -Xms64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        settings.put("ce.javaOpts", "-Xmx384m -Xms64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        settings.put("search.javaOpts", "-Xmx384m -Xms384m -XX:MaxDirectMemorySize=128m");
        settings.put("search.javaAdditionalOpts", "-Dnode.store.allow_mmap=false");
        settings.put("telemetry.enable", "false");
        settings.put("updatecenter.activate", "false");
        settings.forEach((name, value) -> command.add("-Dsonar." + name + "=" + value));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("out.log").toFile())
                .start();
        RealSonar sonar = new RealSonar("http://127.0.0.1:" + port, process, work);
        Runtime.getRuntime().addShutdownHook(new Thread(sonar::stop));
        Awaitility.await()
                .atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(
                                "SonarQube ended: " + Files.readString(work.resolve("out.log")));
                    }
                    return sonar.isUp();
                });
        sonar.post("/api/settings/set", "key", "sonar.validateWebhooks", "value", "false");
        sonar.token = sonar.newToken("tests");
        return sonar;
    }

    private boolean isUp() {
        try {
            return ask("GET", "/api/system/status").path("status").asText().equals("UP");
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private void stop() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                family.forEach(ProcessHandle::destroyForcibly);
            }
            new ProcessBuilder("rm", "-rf", work.toString()).start().waitFor();
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /** Its address. */
    public String url() {
        return url;
    }

    /** A token that may analyse. */
    public String token() {
        return token;
    }

    /** Another token, for a test that takes it away. */
    public String newToken(String name) throws IOException, InterruptedException {
        return post("/api/user_tokens/generate", "name", name).path("token").asText();
    }

    /** A project whose gate fails when a metric compares so to a number. */
    public void projectWithGate(String project, String metric, String comparator, String threshold)
            throws IOException, InterruptedException {
        post("/api/projects/create", "project", project, "name", project);
        String gate = "gate-" + project;
        post("/api/qualitygates/create", "name", gate);
        for (var condition : ask("GET", "/api/qualitygates/show?name=" + gate).path("conditions")) {
            post(
                    "/api/qualitygates/delete_condition",
                    "id",
                    condition.path("id").asText());
        }
        post(
                "/api/qualitygates/create_condition",
                "gateName",
                gate,
                "metric",
                metric,
                "op",
                comparator,
                "error",
                threshold);
        post("/api/qualitygates/select", "gateName", gate, "projectKey", project);
    }

    /** As the administrator; parameters are name, value, name, value. */
    public ObjectNode post(String path, String... parameters) throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder(path);
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return ask("POST", query.toString());
    }

    /** As the administrator. */
    public ObjectNode get(String path) throws IOException, InterruptedException {
        return ask("GET", path);
    }

    private ObjectNode ask(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8)))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    path + ": " + response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body().length == 0 ? Json.object() : Json.read(response.body(), path);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void run(Path folder, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(command.toString()).isTrue();
        assertThat(process.exitValue()).as(command.toString()).isZero();
    }
}
