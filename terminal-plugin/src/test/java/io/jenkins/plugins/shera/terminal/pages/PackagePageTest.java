package io.jenkins.plugins.shera.terminal.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.statement.ImageLabels;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.PodOrigin;
import io.jenkins.plugins.shera.terminal.pack.PodShell;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What was mended by hand in a container of a real cluster is kept, over REST and in a browser. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class PackagePageTest {

    private static final String PACKAGE = "shera/tenant/retail/application/shop/package/";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static void mend(TestPods pods) throws Exception {
        pods.image("shop", "1", List.of("sh", "find", "stat", "cat", "printf", "tar", "sleep"), "0");
        pods.start("shop-1", pods.reference("shop", "1"));
        change(pods);
    }

    private static void change(TestPods pods) throws Exception {
        new PodShell(pods.api(), pods.exec(), PodOrigin.of(pods.api(), pods.namespace(), "shop-1", ""))
                .run(
                        List.of(
                                "sh",
                                "-c",
                                "echo 'port 80' > /etc/shop.conf; echo new > /app/new.txt; echo x > /app/kept.txt;"
                                        + " rm /app/gone.txt; echo ls > /app/.ash_history"),
                        OutputStream.nullOutputStream());
    }

    private static HttpResponse<String> post(JenkinsRule rule, String user, String verb, JsonNode json)
            throws Exception {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        HttpRequest ask = HttpRequest.newBuilder(URI.create(rule.getURL() + "crumbIssuer/api/json"))
                .header("Authorization", login(user))
                .build();
        JsonNode crumb = JSON.readTree(
                client.send(ask, HttpResponse.BodyHandlers.ofString()).body());
        return client.send(
                HttpRequest.newBuilder(URI.create(rule.getURL() + PACKAGE + verb))
                        .header("Authorization", login(user))
                        .header("Content-Type", "application/json")
                        .header(
                                crumb.path("crumbRequestField").asText(),
                                crumb.path("crumb").asText())
                        .POST(HttpRequest.BodyPublishers.ofString(json.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(JenkinsRule rule, String user, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(rule.getURL() + PACKAGE + path))
                                .header("Authorization", login(user))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String login(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode over(JenkinsRule rule, HttpResponse<String> begun) throws Exception {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        String run = JSON.readTree(begun.body()).path("run").asText();
        assertThat(get(rule, "bob", "progress?run=" + run).statusCode())
                .as("another's")
                .isEqualTo(422);
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> JSON.readTree(
                                get(rule, "ada", "progress?run=" + run).body()),
                        now -> !now.path("state").asText().equals("running"));
    }

    private static ObjectNode where() {
        return JSON.createObjectNode()
                .put("environment", "dev")
                .put("pod", "shop-1")
                .put("container", "main");
    }

    @Test
    void looksChoosesAndMakesOverRest(JenkinsRule rule) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            mend(pods);

            assertThat(post(rule, "viewer", "look", where()).statusCode()).isIn(403, 404);
            assertThat(post(rule, "ada", "look", where().put("pod", "other")).statusCode())
                    .isEqualTo(422);
            assertThat(post(rule, "ada", "look", where().put("more", 1)).statusCode())
                    .isEqualTo(422);
            JsonNode doors = JSON.readTree(get(rule, "ada", "api/json").body()).path("environments");
            assertThat(doors.findValuesAsText("handMade")).containsExactly("taken", "refused");

            JsonNode found = over(rule, post(rule, "ada", "look", where())).path("result");
            assertThat(found.path("files").findValuesAsText("path"))
                    .containsExactly(
                            "/app/.ash_history", "/app/kept.txt", "/app/new.txt", "/etc/shop.conf", "/app/gone.txt");
            assertThat(found.path("files").findValuesAsText("change"))
                    .containsExactly("added", "changed", "added", "changed", "deleted");
            assertThat(found.path("files").get(1).path("layer").asInt()).isZero();
            assertThat(found.path("files").get(0).path("secret").asText()).isNotEmpty();
            assertThat(found.path("layers")).hasSize(1);

            ObjectNode order = where().put("seen", found.path("seen").asText()).put("tag", "1-rest");
            JsonNode refused = over(rule, post(rule, "ada", "make", order));
            assertThat(refused.path("state").asText()).isEqualTo("failed");
            assertThat(refused.path("problem").path("why").asText()).contains("/app/.ash_history");
            assertThat(post(rule, "ada", "make", order.deepCopy().put("seen", "x.1"))
                            .statusCode())
                    .isEqualTo(409);
            assertThat(post(rule, "ada", "make", order.deepCopy().put("tag", "a b"))
                            .statusCode())
                    .isEqualTo(422);
            assertThat(post(rule, "ada", "make", order.deepCopy().put("set", "some"))
                            .statusCode())
                    .isEqualTo(422);

            order.putArray("exclude").add("/app");
            JsonNode made = over(rule, post(rule, "ada", "make", order)).path("result");
            assertThat(made.path("dockerfile").asText())
                    .contains("/etc/shop.conf")
                    .doesNotContain("/app/");
            Image image = Image.read(pods.target("shop"), made.path("digest").asText(), Platform.ofThisMachine());
            assertThat(image.config().labels())
                    .containsEntry(ImageLabels.HAND_MADE, "true")
                    .doesNotContainKey(ImageLabels.GATE);
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 20))
                            .entries())
                    .extracting(entry -> entry.what() + " " + entry.who())
                    .contains("container.package ada", "container.look ada");
        }
    }

    @Test
    void aPersonSeesWhatIsChangedLeavesSomeOutAndPushesTheRest(JenkinsRule rule, Page page) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            PackageTenant.configure(rule, pods);
            mend(pods);
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "ada", "ada");
            page.open(rule.getURL() + PACKAGE + "?environment=dev&pod=shop-1&container=main");
            page.until("the container is offered", "document.body.textContent.includes('shop-1 / main')");
            page.see(".shera-pill--bad", "prod: refused");
            page.assertAccessible("#shera-page");
            page.click(".jenkins-button--primary").see("td", "/app/kept.txt");
            page.photograph("package-light-list");
            page.assertAccessible("#shera-page");
            page.type("input[type=text]", "1-page");
            page.click(".shera-package__make").see(".shera-problem", "/app/.ash_history");
            page.click("input[aria-label='Take /app/.ash_history']");
            page.see("p[role=status]", "Taken: 4");
            page.click(".shera-package__make").see("h2", ":1-page");
            page.photograph("package-light-made");
            page.assertAccessible("#shera-page");
            assertThat(pods.target("shop").tags()).contains("1-page");
            page.look(Theme.DARK, "zh-CN").open(rule.getURL() + PACKAGE + "?environment=dev&pod=shop-1&container=main");
            page.until("the container is offered", "document.body.textContent.includes('shop-1 / main')");
            page.click(".jenkins-button--primary").see("td", "/app/kept.txt");
            page.click(".shera-chip:nth-child(2)").see("p[role=status]", "1");
            page.photograph("package-dark-zh");
            page.assertAccessible("#shera-page");
            page.assertClean();
        }
    }
}
