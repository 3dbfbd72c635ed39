package io.jenkins.plugins.shera.nginx.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.cli.CLICommand;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.cli.PushCommand;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person and a program look at three real nginx, of which somebody edited one by hand. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class NgFrontPageTest {
    private static final String FRONT = "shera/tenant/retail/nginx/";

    @TempDir
    Path folder;

    private final List<RealNginx> nodes = new ArrayList<>();
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        for (int i = 0; i < 3; i++) {
            nodes.add(RealNginx.start(Files.createDirectory(folder.resolve("n" + i))));
        }
        int port = nodes.get(0).port();
        for (RealNginx nginx : nodes) {
            NginxNode node = new NginxNode(nginx.installation());
            node.publish(route("retail", "shop", "shop.example.com", nginx.port(), "10.0.0.5"));
            node.publish(route("bank", "vault", "vault.example.com", nginx.port(), "10.0.0.66"));
        }
        new NginxNode(nodes.get(0).installation())
                .weigh(Weight.of(
                        RouteOwner.of("retail", "shop", "dev"),
                        20,
                        List.of(),
                        List.of(Member.of("10.0.0.7", 8080, 1)),
                        "r",
                        1));
        edit("weight=1", "weight=7");
        NginxCluster own = cluster("edge", "retail", port);
        NginxCluster shared = cluster("common", "retail bank", port);
        rule.createProject(Folder.class, "retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Tenant retail = new Tenant("retail");
            retail.setFolder("retail");
            SheraConfiguration.get().setTenants(List.of(retail));
            NginxConfiguration.get().setClusters(List.of(own, shared, cluster("theirs", "bank", port)));
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW, SheraPermissions.ROUTE)
                .everywhere()
                .to("dev")
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("reader"));
    }

    @AfterEach
    void stop() throws Exception {
        for (RealNginx nginx : nodes) {
            nginx.close();
        }
    }

    @Test
    void tellsWhichNodeSomebodyEditedAndGivesAllThreeSides() throws Exception {
        JsonNode edge = json("dev", "nodes?cluster=edge");

        assertThat(edge.path("whole").asBoolean()).isTrue();
        assertThat(edge.findValuesAsText("drifted")).containsExactly("false", "true", "false");
        JsonNode edited = edge.at("/nodes/1");
        assertThat(edited.path("name").asText()).isEqualTo("built-in-2");
        assertThat(edited.at("/changes/0").asText()).contains("server 10.0.0.5:80 weight=1; -> ");
        assertThat(edited.path("found").path("routes.conf").asText()).contains("10.0.0.5:80 weight=7");
        assertThat(edited.path("intended").path("routes.conf").asText()).contains("10.0.0.5:80 weight=1");
        assertThat(edited.at("/earlier/0/generation").asLong()).isEqualTo(1);
        assertThat(edited.at("/earlier/0/files").path("routes.conf").asText()).doesNotContain("vault");
        assertThat(edge.at("/nodes/0/routes/1/percent").asInt()).isEqualTo(20);
        assertThat(edge.at("/nodes/0/found").path("nginx.conf").asText()).contains("worker_processes");
    }

    @Test
    void showsATenantOfASharedClusterItsOwnPartAloneEvenInTheArchive() throws Exception {
        JsonNode common = json("dev", "nodes?cluster=common");

        assertThat(common.path("whole").asBoolean()).isFalse();
        assertThat(common.path("canOverwrite").asBoolean()).isFalse();
        assertThat(common.toString()).contains("shop.example.com").doesNotContain("vault", "10.0.0.66", "nginx.conf");
        assertThat(json("admin", "nodes?cluster=common").toString()).contains("vault.example.com");

        List<String> names = new ArrayList<>();
        HttpResponse<byte[]> answer = send("dev", request("dev", "download?cluster=common"));
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8))
                        .doesNotContain("vault");
            }
        }
        assertThat(names).contains("built-in-1/routes.conf", "built-in-3/routes.conf");
    }

    @Test
    void skipsAnEarlierGenerationThatCannotBeReadAndTellsTheRest() throws Exception {
        Path broken = nodes.get(0).installation().folder();
        try (Stream<Path> all = Files.walk(broken)) {
            Path first = all.filter(path -> path.getFileName().toString().equals("routes.json"))
                    .filter(path -> !path.toString().contains("weights"))
                    .min(Comparator.comparing(Path::toString))
                    .orElseThrow();
            Files.writeString(first, "[{");
        }

        JsonNode edge = json("dev", "nodes?cluster=edge");

        assertThat(edge.at("/nodes/0/error").asText()).isEmpty();
        assertThat(edge.at("/nodes/0/generation").asLong()).isEqualTo(2);
        assertThat(edge.at("/nodes/0/earlier")).isEmpty();
        assertThat(edge.at("/nodes/2/earlier")).hasSize(1);
    }

    @Test
    void aPersonEditsFilesChecksAndPushesThemAndTakesThemBack(Page page) throws Exception {
        new NginxNode(nodes.get(1).installation()).overwrite();
        String address = jenkins.getURL() + FRONT;
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(address + "#edge").see("section", "No file yet");
        page.type("input[aria-label=Name]", "erp").click("section input[aria-label=Name] + button");
        page.see("textarea").type("textarea", "include /etc/passwd;");
        page.click("section .shera-row:has(input[aria-label=Reason]) button:nth-of-type(1)");
        page.see(".jenkins-alert", "erp.conf:1: the directive 'include' is not among those that may be pushed");
        page.photograph("site-refused");
        page.type("textarea", "# first");
        page.click("section .shera-row:has(input[aria-label=Reason]) button:nth-of-type(1)");
        page.see(".jenkins-alert, .shera-remark, [aria-live]", "All 3 node(s) would take it.");
        page.click("section .shera-row:has(input[aria-label=Reason]) .jenkins-button--primary")
                .see("dialog[open]");
        page.see("dialog .shera-diff", "# first").photograph("site-push");
        page.assertAccessible("dialog");
        page.click("dialog .jenkins-button--primary");
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        new NginxNode(nodes.get(2).installation()).siteFiles().containsKey("erp.conf"));
        page.until(
                "it was read again",
                "!document.querySelector('dialog') && !!document.querySelector('details summary')");
        for (RealNginx nginx : nodes) {
            assertThat(new NginxNode(nginx.installation()).siteFiles()).containsEntry("erp.conf", "# first");
        }
        page.open(address + "#edge").see("textarea");
        page.assertAccessible("#shera-page").photograph("site-light");
        page.look(Theme.DARK, "en").open(address + "#edge").see("textarea").photograph("site-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN").open(address + "#edge").see("textarea").photograph("site-zh");

        JsonNode site = json("dev", "site?cluster=edge");
        assertThat(site.at("/pushes/0/who").asText()).isEqualTo("dev");
        assertThat(site.path("files").path("erp.conf").asText()).isEqualTo("# first");
        assertThat(send("dev", request("dev", "site?cluster=common")).statusCode())
                .isEqualTo(409);
        assertThat(json("reader", "site?cluster=edge").path("mayPush").asBoolean())
                .isFalse();
        aPersonReloadsOneNodeAfterTheOtherLater(page, address);
    }

    /** Written by a program, put in force on one node by a person, and on the rest by the command line. */
    private void aPersonReloadsOneNodeAfterTheOtherLater(Page page, String address) throws Exception {
        String later = "{\"nginx\":\"edge\",\"base\":1,\"files\":{\"erp.conf\":\"# later\"},\"later\":true";
        for (String wrong : List.of(
                ",\"partial\":true}", ",\"reloadAt\":\"yesterday\"}", ",\"reloadAt\":\"2001-01-01T00:00:00Z\"}")) {
            assertThat(post("dev", "pushSite", later + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        assertThat(post("reader", "pushSite", later + "}").statusCode()).isEqualTo(403);
        assertThat(post("dev", "reloadSite", "{\"nginx\":\"edge\"}").statusCode())
                .isEqualTo(409);
        assertThat(post(
                                "dev",
                                "pushSite",
                                later + ",\"reloadAt\":\"" + Instant.now().plusSeconds(86400) + "\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(siteTexts()).containsOnly("# first");

        page.look(Theme.LIGHT, "en").open(address + "?w#edge").see(".shera-ng__waiting", "dev wrote it");
        page.until(
                "every node waits",
                "[...document.querySelectorAll('td .shera-pill')].filter(e => e.textContent.trim() === 'waits for reload').length === 3");
        page.assertAccessible("#shera-page").photograph("later-light");
        page.look(Theme.DARK, "en")
                .open(address + "?x#edge")
                .see(".shera-ng__waiting")
                .photograph("later-dark");
        page.look(Theme.LIGHT, "zh-CN")
                .open(address + "?y#edge")
                .see(".shera-ng__waiting")
                .photograph("later-zh");
        page.look(Theme.LIGHT, "en").open(address + "?v#edge").see(".shera-ng__waiting");
        page.click("button[aria-label='Reload: built-in-2']")
                .see("dialog[open]")
                .photograph("later-one");
        page.click("dialog .jenkins-button--primary");
        page.until(
                "two nodes wait",
                "[...document.querySelectorAll('td .shera-pill')].filter(e => e.textContent.trim() === 'waits for reload').length === 2");
        assertThat(siteTexts()).containsExactly("# first", "# later", "# first");

        assertThat(cli("reader", new byte[0], "retail", "edge", "-reload")).startsWith("1 ");
        assertThat(cli("dev", new byte[0], "retail", "edge", "-reload", "-drop"))
                .startsWith("1 ")
                .contains("Only one of");
        assertThat(cli("dev", new byte[0], "retail", "edge", "-reload")).startsWith("0 ");
        assertThat(siteTexts()).containsOnly("# later");
        assertThat(json("dev", "site?cluster=edge").path("newest").asInt()).isEqualTo(2);
        assertThat(cli("dev", "no zip".getBytes(StandardCharsets.UTF_8), "retail", "edge"))
                .startsWith("1 ")
                .contains("zip");
        assertThat(cli("dev", zip("nginx/erp.conf", "# zip"), "retail", "edge", "-later"))
                .startsWith("0 ");
        assertThat(post("dev", "dropSite", "{\"nginx\":\"edge\"}").statusCode()).isEqualTo(200);
        assertThat(json("dev", "nodes?cluster=edge").findValuesAsText("waitingAt"))
                .containsOnly("");
        assertThat(cli("dev", zip("nginx/erp.conf", "# zip"), "retail", "edge", "-reason", "zip"))
                .startsWith("0 ");
        assertThat(siteTexts()).containsOnly("# zip");
        assertThat(post("dev", "retrySite", "{\"nginx\":\"edge\",\"node\":\"built-in-1\"}")
                        .body())
                .asString(StandardCharsets.UTF_8)
                .contains("\"behind\":[]");
        assertThat(post("dev", "retrySite", "{\"nginx\":\"edge\",\"node\":\"none\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    private List<String> siteTexts() throws Exception {
        List<String> texts = new ArrayList<>();
        for (RealNginx nginx : nodes) {
            texts.add(new NginxNode(nginx.installation()).siteFiles().get("erp.conf"));
        }
        return texts;
    }

    private static byte[] zip(String name, String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String cli(String user, byte[] input, String... arguments) throws Exception {
        CLICommand command = new PushCommand();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2());
                PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            command.setTransportAuth2(User.getById(user, true).impersonate2());
            int code = command.main(List.of(arguments), Locale.ENGLISH, new ByteArrayInputStream(input), print, print);
            return code + " " + out.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void refusesClustersOfOthersAndPeopleWithoutTheRight() throws Exception {
        for (String path :
                List.of("nodes?cluster=theirs", "nodes?cluster=nosuch", "nodes", "download?cluster=theirs")) {
            HttpResponse<byte[]> answer = send("dev", request("dev", path));
            assertThat(answer.statusCode()).as(path).isEqualTo(422);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                    .as(path)
                    .contains("\"next\"");
        }
        assertThat(json("dev", "api/json").findValuesAsText("id")).containsExactly("edge", "common");
        HttpResponse<byte[]> reader = overwrite("reader", "edge");
        assertThat(reader.statusCode()).isEqualTo(403);
        assertThat(new String(reader.body(), StandardCharsets.UTF_8)).doesNotContainIgnoringCase("crumb");
        assertThat(overwrite("dev", "theirs").statusCode()).isEqualTo(422);
        assertThat(overwrite("dev", "common").statusCode()).isEqualTo(409);
        assertThat(new NginxNode(nodes.get(1).installation()).drift().isNone()).isFalse();
    }

    @Test
    void tellsWhyANodeDoesNotAnswerAndStillShowsTheOthers() throws Exception {
        NginxNodeSettings away = settings(nodes.get(1));
        away.setAgent("away");
        NginxCluster edge = new NginxCluster("edge", List.of(settings(nodes.get(0)), away));
        edge.setTenants("retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge));
        }

        JsonNode read = json("dev", "nodes?cluster=edge");

        assertThat(read.at("/nodes/1/error").asText()).contains("the agent 'away' is not connected");
        assertThat(read.at("/nodes/0/generation").asLong()).isEqualTo(2);
    }

    @Test
    void aPersonSeesTheEditAndPutsBackWhatWasThere(Page page) throws Exception {
        String root = jenkins.getURL().toString();
        page.look(Theme.LIGHT, "en").signIn(root, "dev", "dev");
        page.open(root + FRONT).see("td a", "edge").photograph("nginx-list");
        page.assertAccessible("#shera-page");
        page.open(root + FRONT + "#edge").see(".shera-pill--warn", "drifted");
        page.see(".shera-diff del", "weight=1").see(".shera-diff ins", "weight=7");
        page.photograph("nginx-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").open(root + FRONT + "?d#edge").see(".shera-pill--warn", "drifted");
        page.photograph("nginx-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN").open(root + FRONT + "?z#edge").see(".shera-pill--warn");
        page.photograph("nginx-zh");
        page.width(420).photograph("nginx-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.width(1280).look(Theme.LIGHT, "en").open(root + FRONT + "?o#edge").see(".shera-pill--warn", "drifted");
        page.click(".jenkins-app-bar__controls button.jenkins-\\!-destructive-color");
        page.click("dialog button[type=submit], dialog .jenkins-button--primary");
        page.until("all as intended", "document.querySelectorAll('.shera-pill--ok').length === 3");
        page.see(".shera-ng__name", "upstream").photograph("nginx-text");
        page.assertClean();
        assertThat(new NginxNode(nodes.get(1).installation()).drift().isNone()).isTrue();
        aPersonPutsEarlierRoutesBack(page);
    }

    /** Of the first node's generation 1, which had the shop and not yet the vault. */
    private void aPersonPutsEarlierRoutesBack(Page page) throws Exception {
        NginxCluster edge = new NginxCluster("edge", List.of(settings(nodes.get(0))));
        edge.setTenants("retail");
        NginxCluster common = cluster("common", "retail bank", nodes.get(0).port());
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge, common));
        }
        String earlier = "{\"nginx\":\"edge\",\"node\":\"built-in\",\"generation\":";
        assertThat(post("reader", "restoreRoutes", earlier + "1}").statusCode()).isEqualTo(403);
        assertThat(post("dev", "restoreRoutes", earlier.replace("edge", "common") + "1}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(post("dev", "restoreRoutes", earlier + "77}").body())
                .asString(StandardCharsets.UTF_8)
                .contains("ten generations are kept");
        page.open(jenkins.getURL() + FRONT + "?r#edge").see(".shera-ng__tree", "vault");
        page.evaluate("(() => { const all = [...document.querySelectorAll('select')];"
                + " const shown = all.find(one => [...one.options].some(o => o.value === 'built-in/earlier/1'));"
                + " shown.value = 'built-in/earlier/1'; shown.dispatchEvent(new Event('change')); return true; })()");
        page.click(".shera-ng__bar > button").see("dialog[open] .shera-diff", "vault");
        page.photograph("earlier-restore");
        page.click("dialog .jenkins-button--primary");
        page.until("the vault is gone", "!document.querySelector('.shera-ng__tree').textContent.includes('vault')");
        assertThat(new NginxNode(nodes.get(0).installation()).routes().routes())
                .extracting(Route::host)
                .containsExactly("shop.example.com");
    }

    private void edit(String from, String to) throws Exception {
        Path file = nodes.get(1).installation().folder().resolve("current/routes.conf");
        Files.writeString(file, Files.readString(file).replace("10.0.0.5:80 " + from, "10.0.0.5:80 " + to));
    }

    private NginxCluster cluster(String id, String tenants, int port) {
        NginxCluster cluster = new NginxCluster(
                id, nodes.stream().map(NgFrontPageTest::settings).toList());
        cluster.setTenants(tenants);
        cluster.setPort(port);
        return cluster;
    }

    private static NginxNodeSettings settings(RealNginx nginx) {
        NginxInstallation installation = nginx.installation();
        NginxNodeSettings node = new NginxNodeSettings(
                installation.mainConfig().toString(), installation.folder().toString());
        node.setBinary(installation.binary().toString());
        node.setVersionPort(installation.versionPort());
        return node;
    }

    private static Route route(String tenant, String application, String host, int port, String address)
            throws Exception {
        return Route.of(RouteOwner.of(tenant, application, "dev"), host, port, "/", List.of(Member.of(address, 80, 1)));
    }

    private HttpResponse<byte[]> overwrite(String user, String cluster) throws Exception {
        return post(user, "overwrite", "{\"nginx\":\"" + cluster + "\"}");
    }

    private HttpResponse<byte[]> post(String user, String path, String body) throws Exception {
        return send(
                user,
                jenkins.createApiToken(User.getById(user, true)),
                request(user, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode json(String user, String path) throws Exception {
        return new ObjectMapper().readTree(send(user, request(user, path)).body());
    }

    private HttpRequest.Builder request(String user, String path) throws Exception {
        return HttpRequest.newBuilder(URI.create(jenkins.getURL() + FRONT + path));
    }

    private static HttpResponse<byte[]> send(String user, HttpRequest.Builder request) throws Exception {
        return send(user, user, request);
    }

    private static HttpResponse<byte[]> send(String user, String password, HttpRequest.Builder request)
            throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        request.header("Authorization", "Basic " + login).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }
}
