package io.jenkins.plugins.shera.terminal.pages;

import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.JSON;
import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.login;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.docker.TestEngine;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files and folders brought out of a container of a real docker engine, by pieces. */
@WithJenkins
class DownloadsTest {
    private static final String FOLDER = "0123456789abcdef0123456789abcdef";
    private static final String FILE = "1123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private JenkinsRule rule;
    private String container;

    private HttpRequest.Builder call(String user, String verb, String path, String id, String more) throws Exception {
        return HttpRequest.newBuilder(URI.create(rule.getURL() + TerminalCalls.TERMINAL + "files/" + verb
                        + "?environment=dev&pod=docker:here&container=" + container + "&download=" + id + "&path="
                        + URLEncoder.encode(path, StandardCharsets.UTF_8) + more))
                .header("Authorization", login(user));
    }

    private HttpResponse<byte[]> get(String user, String verb, String path, String id, String more) throws Exception {
        return HttpClient.newHttpClient()
                .send(call(user, verb, path, id, more).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private int post(String user, String verb, String path, String id, String more) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new java.net.CookieManager())
                .build();
        JsonNode crumb = JSON.readTree(client.send(
                        HttpRequest.newBuilder(URI.create(rule.getURL() + "crumbIssuer/api/json"))
                                .header("Authorization", login(user))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        HttpRequest request = call(user, verb, path, id, more)
                .header("Content-Type", "application/octet-stream")
                .header(
                        crumb.path("crumbRequestField").asText(),
                        crumb.path("crumb").asText())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private JsonNode done(String path, String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> JSON.readTree(get("ada", "fetched", path, id, "").body()),
                        now -> !now.path("state").asText().equals("running"));
    }

    @Test
    void whatWasCutGoesOnFromThereAndIsItsAskersAlone(JenkinsRule rule) throws Exception {
        this.rule = rule;
        try (TestEngine engine = new TestEngine(folder)) {
            PackageTenant.configure(rule, engine);
            engine.image("shop", "1", List.of("sh", "mkfifo"), Map.of());
            container = engine.start("shop", engine.reference("shop", "1"), TestEngine.LABELS);
            engine.sh(container, "mkfifo /app/old/pipe");

            assertThat(post("ada", "fetch", "/app/old", FOLDER, "&folder=true")).isEqualTo(200);
            JsonNode now = done("/app/old", FOLDER);
            assertThat(now.path("state").asText()).as(now.toString()).isEqualTo("done");
            assertThat(now.path("left").asInt()).isOne();
            assertThat(now.path("bytes").asLong())
                    .as("what came out of the container")
                    .isGreaterThan(1000);
            byte[] all = get("ada", "piece", "/app/old", FOLDER, "&offset=0").body();
            assertThat(all).hasSize(now.path("size").asInt());
            try (GZIPInputStream tar = new GZIPInputStream(new ByteArrayInputStream(all))) {
                assertThat(new String(tar.readAllBytes(), StandardCharsets.US_ASCII))
                        .contains("old/a", "app/old/b");
            }
            assertThat(get("ada", "piece", "/app/old", FOLDER, "&offset=10").body())
                    .isEqualTo(Arrays.copyOfRange(all, 10, all.length));
            assertThat(get("ada", "piece", "/app/old", FOLDER, "&offset=" + (all.length + 1))
                            .statusCode())
                    .isEqualTo(422);
            assertThat(get("ada", "piece", "/etc", FOLDER, "&offset=0").statusCode())
                    .as("under the name of another folder")
                    .isEqualTo(422);
            for (String other : List.of("bob", "viewer")) {
                assertThat(get(other, "piece", "/app/old", FOLDER, "&offset=0").statusCode())
                        .as(other)
                        .isIn(403, 404, 422);
                assertThat(post(other, "drop", "/app/old", FOLDER, ""))
                        .as(other)
                        .isIn(403, 404, 422);
            }
            assertThat(post("viewer", "fetch", "/app/old", FILE, "")).isIn(403, 404, 422);
            assertThat(post("ada", "fetch", "/app/old", FOLDER, ""))
                    .as("an id that is taken")
                    .isEqualTo(422);

            assertThat(post("ada", "fetch", "/etc/shop.conf", FILE, "")).isEqualTo(200);
            assertThat(done("/etc/shop.conf", FILE).path("sha256").asText()).hasSize(64);
            assertThat(get("ada", "piece", "/etc/shop.conf", FILE, "&offset=0").body())
                    .asString()
                    .isEqualTo("etc/shop.conf\n");
            assertThat(post("ada", "drop", "/etc/shop.conf", FILE, "")).isEqualTo(200);
            assertThat(get("ada", "piece", "/etc/shop.conf", FILE, "&offset=0").statusCode())
                    .isEqualTo(422);

            assertThat(post("ada", "fetch", "/none", FILE, "")).isEqualTo(200);
            now = done("/none", FILE);
            assertThat(now.path("state").asText()).isEqualTo("failed");
            assertThat(now.path("problem").path("why").asText()).contains("/none");
        }
    }
}
