package io.jenkins.plugins.shera.nginx.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.cli.PushCommand;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person and programs bring files of people to three real nginx. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class SiteEditorTest extends NgFrontRig {
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
        page.type("input[aria-label='Nodes at a time after the first']", "1");
        page.type("input[aria-label='Seconds between stages']", "2");
        page.click("section .shera-row:has(input[aria-label=Reason]) .jenkins-button--primary")
                .see("dialog[open]", "After the first node 1 at a time, 2 s apart.");
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
        assertThat(Duration.between(writtenAt(1), writtenAt(2)))
                .as("the pause before the last node")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
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
                ",\"partial\":true}",
                ",\"batch\":1}",
                ",\"pause\":1}",
                ",\"reloadAt\":\"yesterday\"}",
                ",\"reloadAt\":\"2001-01-01T00:00:00Z\"}")) {
            assertThat(post("dev", "pushSite", later + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(422);
        }
        String now = later.replace(",\"later\":true", "");
        for (String wrong :
                List.of(",\"batch\":0}", ",\"pause\":-1}", ",\"pause\":51}", ",\"batch\":1,\"pause\":26}")) {
            assertThat(post("dev", "pushSite", now + wrong).statusCode())
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
                "[...document.querySelectorAll('td .shera-pill')].filter(e => e.textContent.trim() === 'waits for"
                        + " reload').length === 3");
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
                "[...document.querySelectorAll('td .shera-pill')].filter(e => e.textContent.trim() === 'waits for"
                        + " reload').length === 2");
        assertThat(siteTexts()).containsExactly("# first", "# later", "# first");

        assertThat(CommandCalls.cli(new PushCommand(), "reader", new byte[0], "retail", "edge", "-reload"))
                .startsWith("1 ");
        assertThat(CommandCalls.cli(new PushCommand(), "dev", new byte[0], "retail", "edge", "-reload", "-drop"))
                .startsWith("1 ")
                .contains("Only one of");
        assertThat(CommandCalls.cli(new PushCommand(), "dev", new byte[0], "retail", "edge", "-reload"))
                .startsWith("0 ");
        assertThat(siteTexts()).containsOnly("# later");
        assertThat(json("dev", "site?cluster=edge").path("newest").asInt()).isEqualTo(2);
        assertThat(CommandCalls.cli(
                        new PushCommand(), "dev", "no zip".getBytes(StandardCharsets.UTF_8), "retail", "edge"))
                .startsWith("1 ")
                .contains("zip");
        assertThat(CommandCalls.cli(
                        new PushCommand(),
                        "dev",
                        CommandCalls.zip("nginx/erp.conf", "# zip"),
                        "retail",
                        "edge",
                        "-later"))
                .startsWith("0 ");
        assertThat(post("dev", "dropSite", "{\"nginx\":\"edge\"}").statusCode()).isEqualTo(200);
        assertThat(json("dev", "nodes?cluster=edge").findValuesAsText("waitingAt"))
                .containsOnly("");
        assertThat(CommandCalls.cli(
                        new PushCommand(),
                        "dev",
                        CommandCalls.zip("nginx/erp.conf", "# zip"),
                        "retail",
                        "edge",
                        "-reason",
                        "zip"))
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

    /** When the files of people were put in force on a node. */
    private Instant writtenAt(int node) throws Exception {
        return Files.getLastModifiedTime(
                        nodes.get(node).installation().folder().resolve("site/current"), LinkOption.NOFOLLOW_LINKS)
                .toInstant();
    }

    private List<String> siteTexts() throws Exception {
        List<String> texts = new ArrayList<>();
        for (RealNginx nginx : nodes) {
            texts.add(new NginxNode(nginx.installation()).siteFiles().get("erp.conf"));
        }
        return texts;
    }

    @Test
    void aPersonTakesOverWhatIsWrittenByHandOnANode(Page page) throws Exception {
        RealNginx nginx = nodes.get(0);
        new NginxNode(nginx.installation()).weigh(Weight.none(RouteOwner.of("retail", "shop", "dev"), "r", 2));
        HttpServer erp = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        erp.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write("erp".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        erp.start();
        try {
            Path written = writeByHand(nginx, erp.getAddress().getPort());
            assertThat(nginx.ask("erp.example.com", "/")).endsWith("erp");
            String from = "{\"nginx\":\"edge\",\"node\":\"built-in\"";
            assertThat(post("reader", "importPlan", from + "}").statusCode()).isEqualTo(403);
            assertThat(post("reader", "takeOver", "{\"nginx\":\"edge\"}").statusCode())
                    .isEqualTo(403);
            assertThat(post("dev", "importPlan", from.replace("edge", "common") + "}")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(post("dev", "importPlan", from + ",\"tree\":{\"nginx.conf\":\"\"}}")
                            .statusCode())
                    .isEqualTo(422);
            JsonNode tree = new ObjectMapper()
                    .readTree(post(
                                    "dev",
                                    "importPlan",
                                    "{\"nginx\":\"edge\",\"tree\":{\"etc/nginx/nginx.conf\":\"http { include s/*;"
                                            + " }\",\"etc/nginx/s/a\":\"server { server_name vault.example.com; return 200"
                                            + " a; }\"}}")
                            .body());
            assertThat(tree.at("/notes/0/fate").asText()).isEqualTo("STAYS");
            assertThat(tree.at("/notes/0/reason").asText()).contains("belongs to another tenant");
            take(page, nginx, written);
        } finally {
            erp.stop(0);
        }
    }

    private Path writeByHand(RealNginx nginx, int erp) throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            KubernetesCluster east = new KubernetesCluster("east");
            east.setServer("https://127.0.0.1:9");
            SheraConfiguration.get().setClusters(List.of(east));
            Tenant retail = new Tenant("retail");
            retail.setFolder("retail");
            retail.setClusters(List.of("east"));
            retail.setNamespaces(List.of(new TenantNamespace("east", "retail")));
            SheraConfiguration.get().setTenants(List.of(retail));
            Application application = new Application("retail", "erp");
            application.setEnvironments(List.of(new Environment("dev", "east", "retail")));
            SheraConfiguration.get().setApplications(List.of(application));
            NginxCluster edge = new NginxCluster("edge", List.of(settings(nginx)));
            edge.setTenants("retail");
            edge.setPort(nginx.port());
            NginxConfiguration.get().setClusters(List.of(edge, cluster("common", "retail bank", nginx.port())));
        }
        Path main = nginx.installation().mainConfig();
        Path written = Files.createDirectories(main.resolveSibling("conf.d")).resolve("erp.conf");
        Files.writeString(
                written,
                """
                # The ERP system stands in the cellar.
                server { listen %1$d; server_name erp.example.com; location / {
                  proxy_pass http://127.0.0.1:%2$d; proxy_redirect off; proxy_set_header Host $host;
                  proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } }
                server { listen %1$d; server_name legacy.example.com; location / { return 200 "legacy"; } }
                """
                        .formatted(nginx.port(), erp));
        Files.writeString(
                main, Files.readString(main).replace("    include ", "    include conf.d/*.conf;\n    include "));
        nginx.reload();
        Awaitility.await().until(() -> nginx.ask("legacy.example.com", "/").endsWith("legacy"));
        return written;
    }

    private static void plan(Page page) {
        page.click(".shera-ng__import button").see(".shera-ng__import table");
    }

    private void take(Page page, RealNginx nginx, Path written) throws Exception {
        String address = jenkins.getURL() + FRONT;
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        plan(page.open(address + "#edge"));
        page.see(".shera-ng__import table", "erp.example.com /").see(".shera-ng__import", "it can be a route once");
        page.assertAccessible("#shera-page").photograph("import-light");
        plan(page.look(Theme.DARK, "en").open(address + "?d#edge"));
        page.see(".shera-ng__import table", "erp.example.com /").photograph("import-dark");
        plan(page.look(Theme.LIGHT, "zh-CN").open(address + "?z#edge"));
        page.see(".shera-ng__import table", "erp.example.com /")
                .see(".shera-ng__import", "\u5b83\u4e0d\u662f\u8def\u7531")
                .photograph("import-zh");
        plan(page.look(Theme.LIGHT, "en").open(address + "?t#edge"));
        page.see(".shera-ng__import td select");
        page.evaluate("(() => { const owner = document.querySelector('.shera-ng__import td select');"
                + " owner.value = 'erp/dev'; owner.dispatchEvent(new Event('change')); return true; })()");
        page.see(".shera-ng__import .shera-pill--ok", "routes").see(".shera-ng__import", "take it away");
        page.click(".shera-ng__import .jenkins-button--primary").see("dialog[open] .shera-diff", "legacy");
        page.click("dialog .jenkins-button--primary").see("dialog", "still serves what is to be taken over");
        page.photograph("import-clash");
        assertThat(nginx.ask("erp.example.com", "/")).as("nothing changed").endsWith("erp");

        Files.delete(written);
        page.click("dialog .jenkins-button--primary");
        page.until("it is read again", "!document.querySelector('dialog[open]')");
        assertThat(nginx.ask("erp.example.com", "/")).endsWith("erp");
        assertThat(nginx.ask("legacy.example.com", "/")).endsWith("legacy");
        NginxNode node = new NginxNode(nginx.installation());
        assertThat(node.routes().of(RouteOwner.of("retail", "erp", "dev"))).isPresent();
        assertThat(node.siteFiles().values()).hasSize(1).allMatch(text -> text.contains("stands in the cellar"));
        assertThat(node.drift().isNone()).isTrue();
        assertThat(json("dev", "site?cluster=edge").at("/pushes/0/who").asText())
                .isEqualTo("dev");
    }
}
