package io.jenkins.plugins.shera.terminal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarWriter;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files of a container of a real cluster, over REST and in a browser. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class FilesPageTest {

    private static final String TERMINAL = "shera/tenant/retail/application/shop/terminal/";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static void start(JenkinsRule rule, TestPods pods) throws Exception {
        PackageTenant.configure(rule, pods);
        pods.image(
                "shop",
                "1",
                List.of("sh", "stat", "cat", "printf", "cp", "mv", "rm", "rmdir", "wc", "readlink", "sleep", "tar"),
                "0");
        pods.start("shop-1", pods.reference("shop", "1"));
    }

    private static String login(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder call(JenkinsRule rule, String user, String verb, String path, String more)
            throws Exception {
        return HttpRequest.newBuilder(URI.create(rule.getURL() + TERMINAL + "files/" + verb
                        + "?environment=dev&pod=shop-1&container=main&path="
                        + URLEncoder.encode(path, StandardCharsets.UTF_8) + more))
                .header("Authorization", login(user));
    }

    private static HttpResponse<String> get(JenkinsRule rule, String user, String verb, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(call(rule, user, verb, path, "").build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(
            JenkinsRule rule, String user, String verb, String path, String more, String body) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        HttpRequest ask = HttpRequest.newBuilder(URI.create(rule.getURL() + "crumbIssuer/api/json"))
                .header("Authorization", login(user))
                .build();
        JsonNode crumb = JSON.readTree(
                client.send(ask, HttpResponse.BodyHandlers.ofString()).body());
        return client.send(
                call(rule, user, verb, path, more)
                        .header("Content-Type", "application/octet-stream")
                        .header(
                                crumb.path("crumbRequestField").asText(),
                                crumb.path("crumb").asText())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void writesReadsAndDeletesOverRest(JenkinsRule rule) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            start(rule, pods);
            assertThat(get(rule, "viewer", "list", "/").statusCode()).isIn(403, 404);
            assertThat(post(rule, "viewer", "write", "/app/x", "", "x").statusCode())
                    .isIn(403, 404);
            HttpResponse<String> written = post(rule, "ada", "write", "/app/<b>\u6587.txt", "", "hello");
            assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
            String hash = JSON.readTree(written.body()).path("sha256").asText();
            HttpResponse<String> read = get(rule, "ada", "read", "/app/<b>\u6587.txt");
            assertThat(read.body()).isEqualTo("hello");
            assertThat(read.headers().firstValue("X-SheRa-SHA256")).hasValue(hash);
            assertThat(read.headers().firstValue("Content-Disposition").orElse(""))
                    .startsWith("attachment;")
                    .contains("%3Cb%3E");
            assertThat(post(rule, "ada", "write", "/app/kept.txt", "&expect=" + hash, "x")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(post(rule, "ada", "write", "/none/x", "", "x").statusCode())
                    .isEqualTo(422);
            assertThat(get(rule, "ada", "read", "/dev/zero").statusCode()).isEqualTo(422);
            assertThat(get(rule, "ada", "list", "app").statusCode()).isEqualTo(422);
            assertThat(JSON.readTree(get(rule, "ada", "list", "/app").body())
                            .path("files")
                            .findValuesAsText("name"))
                    .contains("<b>\u6587.txt", "kept.txt", "old");
            ByteArrayOutputStream archive = new ByteArrayOutputStream();
            try (TarWriter tar = new TarWriter(archive, Instant.EPOCH)) {
                byte[] text = "port 90\n".getBytes(StandardCharsets.US_ASCII);
                tar.add(TarEntry.file("conf/shop.conf", 0600, text.length), new ByteArrayInputStream(text));
            }
            String sent = archive.toString(StandardCharsets.US_ASCII);
            assertThat(post(rule, "viewer", "unpack", "/app", "", sent).statusCode())
                    .isIn(403, 404);
            assertThat(post(rule, "ada", "unpack", "/app", "", sent).body()).contains("\"files\":1");
            assertThat(get(rule, "ada", "read", "/app/conf/shop.conf").body()).isEqualTo("port 90\n");
            String pieces = "&unpack=true&upload=0123456789abcdef0123456789abcdee&total=" + sent.length();
            assertThat(post(rule, "ada", "upload", "/app/old", pieces + "&offset=0", sent.substring(0, 700))
                            .body())
                    .doesNotContain("files");
            assertThat(post(rule, "ada", "upload", "/app/old", pieces + "&offset=700", sent.substring(700))
                            .body())
                    .contains("\"files\":1");
            assertThat(get(rule, "ada", "read", "/app/old/conf/shop.conf").body())
                    .isEqualTo("port 90\n");
            assertThat(post(rule, "ada", "unpack", "/app", "", "none").statusCode())
                    .isEqualTo(422);
            HttpResponse<String> folder = get(rule, "ada", "archive", "/app/conf");
            assertThat(folder.headers().firstValue("Content-Disposition").orElse(""))
                    .endsWith("conf.tar.gz");
            assertThat(folder.headers().firstValue("X-SheRa-Left-Out")).hasValue("0");
            assertThat(get(rule, "viewer", "archive", "/app").statusCode()).isIn(403, 404);
            assertThat(post(rule, "ada", "delete", "/app/old", "", "").statusCode())
                    .isEqualTo(502);
            assertThat(post(rule, "ada", "delete", "/app/kept.txt", "", "").statusCode())
                    .isEqualTo(200);
            assertThat(get(rule, "ada", "read", "/app/kept.txt").statusCode()).isEqualTo(422);
        }
    }

    @Test
    void anUploadGoesOnWhereItWasCut(JenkinsRule rule) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            start(rule, pods);
            String upload = "&upload=0123456789abcdef0123456789abcdef&total=10";
            assertThat(post(rule, "ada", "upload", "/app/new", upload + "&offset=0", "01234")
                            .body())
                    .doesNotContain("sha256");
            assertThat(get(rule, "ada", "read", "/app/new").statusCode()).isEqualTo(422);
            assertThat(received(rule, "ada", "/app/new", upload).body()).contains("\"received\":5");
            assertThat(received(rule, "bob", "/app/new", upload).statusCode()).isEqualTo(422);
            assertThat(received(rule, "ada", "/app/other", upload).statusCode()).isEqualTo(422);
            assertThat(post(rule, "bob", "upload", "/app/new", upload + "&offset=5", "xxxxx")
                            .statusCode())
                    .isEqualTo(422);
            HttpResponse<String> again = post(rule, "ada", "upload", "/app/new", upload + "&offset=0", "01234");
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).contains("\"where\":\"offset\"");
            assertThat(post(rule, "ada", "upload", "/app/new", upload + "&offset=5", "567890123")
                            .statusCode())
                    .as("more than was announced")
                    .isEqualTo(422);
            assertThat(post(rule, "ada", "upload", "/app/new", upload + "&offset=5", "56789")
                            .body())
                    .contains("sha256");
            assertThat(get(rule, "ada", "read", "/app/new").body()).isEqualTo("0123456789");
            assertThat(received(rule, "ada", "/app/new", upload).body()).contains("\"received\":0");
        }
    }

    private static HttpResponse<String> received(JenkinsRule rule, String user, String path, String more)
            throws Exception {
        return HttpClient.newHttpClient()
                .send(call(rule, user, "received", path, more).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPersonWalksEditsMeetsAConflictDropsAFileAndDeletes(JenkinsRule rule, Page page) throws Exception {
        try (TestPods pods = new TestPods(folder)) {
            start(rule, pods);
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "ada", "ada");
            page.open(rule.getURL() + TERMINAL);
            page.until(
                    "the container is offered",
                    "document.querySelectorAll('.shera-terminal__bar select')[1].value === 'shop-1/main'");
            page.type(".shera-files__path", "/etc").press("Enter");
            page.click("button[aria-label='Edit shop.conf']").see(".shera-files__editor h3", "/etc/shop.conf");
            page.type(".shera-files__editor textarea", "port 80\n");
            page.click(".shera-files__save").see(".shera-toast", "Saved");
            assertThat(get(rule, "ada", "read", "/etc/shop.conf").body()).isEqualTo("port 80\n");
            assertThat(post(rule, "bob", "write", "/etc/shop.conf", "", "port 81\n")
                            .statusCode())
                    .isEqualTo(200);
            page.type(".shera-files__editor textarea", "port 82\n");
            page.click(".shera-files__save").see(".shera-problem", "was changed since it was read");
            page.photograph("files-light-conflict");
            page.assertAccessible("#shera-page");
            assertThat(get(rule, "ada", "read", "/etc/shop.conf").body()).isEqualTo("port 81\n");
            assertThat(page.takeFindings()).allMatch(finding -> finding.contains("409"));
            page.type(".shera-files__path", "/app").press("Enter");
            page.see("td", "kept.txt");
            page.evaluate("(() => { const data = new DataTransfer(); data.items.add(new File(['dropped'], 'a b.txt'));"
                    + " document.querySelector('.shera-files__drop').dispatchEvent(new DragEvent('drop',"
                    + " {dataTransfer: data, bubbles: true, cancelable: true})); return true; })()");
            page.see("td", "a b.txt");
            assertThat(get(rule, "ada", "read", "/app/a b.txt").body()).isEqualTo("dropped");
            page.click("button[aria-label='Delete a b.txt']");
            page.click("dialog button[type=submit]");
            page.until("the file is gone", "!document.querySelector('.shera-table').textContent.includes('a b.txt')");
            page.look(Theme.DARK, "zh-CN").open(rule.getURL() + TERMINAL);
            page.until(
                    "the container is offered",
                    "document.querySelectorAll('.shera-terminal__bar select')[1].value === 'shop-1/main'");
            page.type(".shera-files__path", "/app").press("Enter");
            page.see("td", "kept.txt").photograph("files-dark-zh");
            page.assertAccessible("#shera-page");
            page.assertClean();
        }
    }
}
