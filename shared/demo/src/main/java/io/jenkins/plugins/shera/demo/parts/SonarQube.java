package io.jenkins.plugins.shera.demo.parts;

import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A real SonarQube from Maven Central that lets anybody analyse; it takes a minute or two to start, and never runs as root. */
public final class SonarQube implements AutoCloseable {
    private static final String VERSION = "9.9.8.100196";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final Duration UP = Duration.ofMinutes(6);

    private static final int STOP_SECONDS = 20;

    private final int port;
    private final Process process;
    private final Path work;

    private SonarQube(int port, Process process, Path work) {
        this.port = port;
        this.process = process;
        this.work = work;
    }

    /** Why there can be none here; empty when there can. */
    public static String missing() {
        return Machine.find("mvn").isEmpty() || ROOT && Machine.find("setpriv").isEmpty()
                ? "no SonarQube: it needs mvn to fetch it, and setpriv where the user is root"
                : "";
    }

    /** Fetches it unless that was done before, and starts it; its data lie in a folder of their own. */
    public static SonarQube start(Leftovers leftovers) throws IOException, InterruptedException {
        Path home = unpacked();
        Path work = Files.createTempDirectory("shera-demo-sonar");
        int port = Machine.freePort();
        List<String> command = new ArrayList<>();
        if (ROOT) {
            must(work, List.of("chown", "65534:65534", work.toString()));
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-jar",
                home.resolve("lib/sonar-application-" + VERSION + ".jar").toString()));
        settings(work, port).forEach((name, value) -> command.add("-Dsonar." + name + "=" + value));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("out.log").toFile())
                .start();
        leftovers.remember(process.toHandle());
        SonarQube sonar = new SonarQube(port, process, work);
        try {
            sonar.open();
        } catch (IOException | InterruptedException | RuntimeException e) {
            sonar.close();
            throw e;
        }
        return sonar;
    }

    private static Path unpacked() throws IOException, InterruptedException {
        Path all = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "shera-sonarqube-" + VERSION));
        if (!Files.exists(all.resolve("complete"))) {
            must(
                    all,
                    List.of(
                            "mvn",
                            "-q",
                            "-B",
                            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack",
                            "-Dartifact=org.sonarsource.sonarqube:sonar-application:" + VERSION + ":zip",
                            "-DoutputDirectory=" + all));
            if (ROOT) {
                must(all, List.of("chown", "-R", "65534:65534", all.toString()));
            }
            Files.writeString(all.resolve("complete"), "");
        }
        return all.resolve("sonarqube-" + VERSION);
    }

    private static Map<String, String> settings(Path work, int port) throws IOException {
        String small = "-Xmx384m -Xms64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";
        Map<String, String> settings = new TreeMap<>();
        settings.put("web.host", "127.0.0.1");
        settings.put("web.port", String.valueOf(port));
        settings.put("search.port", String.valueOf(Machine.freePort()));
        settings.put("es.port", String.valueOf(Machine.freePort()));
        settings.put("embeddedDatabase.port", String.valueOf(Machine.freePort()));
        settings.put("path.data", work.resolve("data").toString());
        settings.put("path.logs", work.resolve("logs").toString());
        settings.put("path.temp", work.resolve("temp").toString());
        settings.put("web.javaOpts", small);
        settings.put("ce.javaOpts", small);
        settings.put("search.javaOpts", "-Xmx384m -Xms384m -XX:MaxDirectMemorySize=128m");
        settings.put("search.javaAdditionalOpts", "-Dnode.store.allow_mmap=false");
        settings.put("telemetry.enable", "false");
        settings.put("updatecenter.activate", "false");
        return settings;
    }

    private void open() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(UP);
        while (!ask("GET", "/api/system/status").contains("\"UP\"")) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException("SonarQube did not come up within " + UP.toMinutes() + " minutes.");
            }
            TimeUnit.SECONDS.sleep(1);
        }
        ask("POST", "/api/settings/set?key=sonar.forceAuthentication&value=false");
        ask("POST", "/api/permissions/add_group?groupName=anyone&permission=scan");
        ask("POST", "/api/permissions/add_group?groupName=anyone&permission=provisioning");
    }

    private String ask(String method, String path) throws InterruptedException {
        String login = Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + login)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        }
    }

    private static void must(Path folder, List<String> command) throws IOException, InterruptedException {
        Command.Result result = Command.run(command, folder, Duration.ofMinutes(10));
        if (!result.succeeded()) {
            throw new IOException(command.get(0) + " failed: " + result.output().strip());
        }
    }

    /** Its address. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            family.forEach(ProcessHandle::destroyForcibly);
        }
        Command.run(List.of("rm", "-rf", work.toString()), work.getParent(), Duration.ofMinutes(1));
    }
}
