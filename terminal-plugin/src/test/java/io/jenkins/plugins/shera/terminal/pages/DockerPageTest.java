package io.jenkins.plugins.shera.terminal.pages;

import static io.jenkins.plugins.shera.terminal.pages.TerminalCalls.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.config.DockerEngine;
import io.jenkins.plugins.shera.terminal.config.TerminalConfiguration;
import io.jenkins.plugins.shera.terminal.desk.CommandAnswer;
import io.jenkins.plugins.shera.terminal.desk.CommandDesk;
import io.jenkins.plugins.shera.terminal.desk.FileDesk;
import io.jenkins.plugins.shera.terminal.desk.PackageTenant;
import io.jenkins.plugins.shera.terminal.docker.TestEngine;
import io.jenkins.plugins.shera.terminal.session.Target;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** People in containers of a real docker engine: who may, what they may there, and how it looks. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class DockerPageTest {
    private static final String TAB = "shera/tenant/retail/application/shop/";
    private static final String ENGINE = "docker:here";
    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "stat",
            "cp",
            "mv",
            "rm",
            "rmdir",
            "wc",
            "readlink",
            "stty",
            "sleep",
            "ls",
            "vi",
            "clear",
            "kill");

    @TempDir
    static Path folder;

    private static ACLContext as(String user) {
        return ACL.as2(User.getById(user, true).impersonate2());
    }

    @Test
    void theSameRulesHoldAsForPods(JenkinsRule rule) throws Exception {
        try (TestEngine engine = new TestEngine(folder)) {
            PackageTenant.configure(rule, engine);
            engine.image("shop", "1", TOOLS, Map.of());
            String shop = engine.start("shop", engine.reference("shop", "1"), TestEngine.LABELS);
            Map<String, String> bank = new HashMap<>(TestEngine.LABELS);
            bank.put("io.shera.tenant", "bank");
            String theirs = engine.start("theirs", engine.reference("shop", "1"), bank);
            try (ACLContext ignored = as("viewer")) {
                assertThatThrownBy(() -> CommandDesk.open("retail", "shop", "dev", ENGINE, shop))
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining("Terminal");
            }
            try (ACLContext ignored = as("ada")) {
                for (List<String> bad :
                        List.of(List.of(ENGINE, theirs), List.of("docker:elsewhere", shop), List.of("docker:", shop))) {
                    assertThatThrownBy(() -> CommandDesk.open("retail", "shop", "dev", bad.get(0), bad.get(1)))
                            .as(bad.toString())
                            .isInstanceOf(Refusal.class);
                }
                assertThatThrownBy(() -> CommandDesk.open("retail", "shop", "prod", ENGINE, shop))
                        .as("of another environment")
                        .isInstanceOf(Refusal.class);
                try (CommandDesk desk = CommandDesk.open("retail", "shop", "dev", ENGINE, "")) {
                    assertThat(CommandAnswer.of(desk, List.of("sh", "-c", "echo $((6*7)); exit 5"), 30)
                                    .toString())
                            .contains("\"exitCode\":5", "42");
                    assertThatThrownBy(() -> CommandAnswer.of(desk, List.of("sleep", "100"), 1))
                            .isInstanceOf(Refusal.class)
                            .hasMessageContaining("1 second");
                }
                assertThat(engine.docker("top", shop)).doesNotContain("sleep 100\n");
                Path ours = Files.writeString(folder.resolve("ours"), "port 80\n");
                try (FileDesk desk = FileDesk.open("retail", "shop", "dev", ENGINE, shop)) {
                    assertThat(desk.write("/etc/shop.conf", ours, "")).hasSize(64);
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    desk.read("/etc/shop.conf", out, 100);
                    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("port 80\n");
                    desk.delete("/app/gone.txt");
                    ByteArrayOutputStream archive = new ByteArrayOutputStream();
                    assertThat(desk.readFolder("/app/old", archive).files()).isEqualTo(2);
                    Path sent = Files.write(folder.resolve("old.tar.gz"), archive.toByteArray());
                    assertThat(desk.writeFolder("/etc", sent).files()).isEqualTo(2);
                    assertThat(engine.sh(shop, "cat /etc/old/a")).isEqualTo("app/old/a\n");
                    assertThatThrownBy(() -> desk.writeFolder("/none", sent)).hasMessageContaining("/none");
                    assertThatThrownBy(() -> desk.readFolder("/etc/shop.conf", archive))
                            .hasMessageContaining("another kind");
                }
                assertThat(engine.sh(shop, "echo /app/*")).isEqualTo("/app/kept.txt /app/old\n");
            }
            Target target = new Target("retail", "shop", "dev", "retail-dev", ENGINE, shop);
            TerminalSession session = TerminalDesk.get().open(User.getById("ada", true), target, null, "sh", 80, 24);
            TerminalDesk.get().round();
            assertThat(session.isEnded()).isFalse();
            await().atMost(Duration.ofSeconds(20)).until(() -> session.said() > 0);
            assertThat(engine.docker("top", shop)).contains("sh\n");
            engines("bank");
            TerminalDesk.get().round();
            assertThat(session.isEnded()).as("the tenant lost the engine").isTrue();
            try (ACLContext ignored = as("ada")) {
                assertThatThrownBy(() -> FileDesk.open("retail", "shop", "dev", ENGINE, shop))
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining("docker engine");
            }
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 50))
                            .entries())
                    .extracting(entry -> entry.what() + " " + entry.who())
                    .contains("container.exec ada", "container.write ada", "container.delete ada", "terminal.open ada");
            String what = "\"size\":8,\"sha256\":\""
                    + Digest.of("port 80\n".getBytes(StandardCharsets.UTF_8)).hex();
            assertThat(audited("container.write"))
                    .anySatisfy(line -> assertThat(line).contains("/etc/shop.conf", what));
            assertThat(audited("container.read"))
                    .anySatisfy(line -> assertThat(line).contains("/etc/shop.conf", what));
        }
    }

    /** What the trail says was there afterwards. */
    private static List<String> audited(String what) throws IOException {
        return AuditLog.get().trail().search(AuditQuery.newest("retail", 100)).entries().stream()
                .filter(entry -> entry.what().equals(what) && entry.after() != null)
                .map(AuditEntry::after)
                .toList();
    }

    private static void engines(String tenants) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            DockerEngine other = new DockerEngine(
                    "here", TerminalConfiguration.get().getEngines().get(0).getUrl());
            other.setTenants(tenants);
            TerminalConfiguration.get().setEngines(List.of(other));
        }
    }

    @Test
    void aSettingThatCannotBeIsRefusedAndTheFormGivesBackWhatItShows(JenkinsRule rule, Page page) throws Exception {
        for (DockerEngine bad : List.of(
                new DockerEngine("a b", "unix:///run/docker.sock"),
                new DockerEngine("here", "tcp://host:2376"),
                new DockerEngine("here", "http://host:2375"),
                new DockerEngine("here", "unix://relative"),
                new DockerEngine("here", "tcp://host:99999"))) {
            assertThatThrownBy(() -> TerminalConfiguration.get().setEngines(List.of(bad)))
                    .as(bad.getUrl())
                    .isInstanceOf(Refusal.class);
        }
        DockerEngine twice = new DockerEngine("here", "unix:///run/docker.sock");
        assertThatThrownBy(() -> TerminalConfiguration.get().setEngines(List.of(twice, twice)))
                .isInstanceOf(Refusal.class);
        twice.setCaCertificate("no PEM");
        assertThatThrownBy(() -> TerminalConfiguration.get().setEngines(List.of(twice)))
                .isInstanceOf(Refusal.class);
        assertThat(TerminalConfiguration.get().getEngines()).isEmpty();

        DockerEngine farm = new DockerEngine("farm", "tcp://docker.example.com:2376");
        farm.setCredentialsId("docker-client");
        farm.setTenants("retail bank");
        farm.setLabels("com.example.terminal=open");
        DockerEngine here = new DockerEngine("here", "unix:///run/docker.sock");
        here.setTenants("retail");
        TerminalConfiguration.get().setEngines(List.of(farm, here));
        rule.configRoundtrip();
        assertThat(TerminalConfiguration.get().getEngines())
                .usingRecursiveComparison()
                .isEqualTo(List.of(farm, here));
        String address = rule.getURL() + "manage/configure";
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            page.look(theme, "en").open(address).see("form[name=config]", "SheRa");
            page.evaluate("document.querySelector('input[value=farm]').scrollIntoView({block: 'start'}) || true");
            page.photograph("settings-engines-" + theme);
        }
        page.look(Theme.LIGHT, "zh-CN").open(address).see("form[name=config]", "SheRa");
        page.evaluate("document.querySelector('input[value=farm]').scrollIntoView({block: 'start'}) || true");
        page.photograph("settings-engines-zh");
        page.assertClean();
    }

    @Test
    void aPersonWorksInAContainerAndKeepsIt(JenkinsRule rule, Page page) throws Exception {
        try (TestEngine engine = new TestEngine(folder)) {
            PackageTenant.configure(rule, engine);
            engine.image("shop", "1", TOOLS, Map.of());
            String shop = engine.start("shop", engine.reference("shop", "1"), TestEngine.LABELS);
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "ada", "ada");
            page.open(rule.getURL() + TAB + "terminal/");
            page.until("the container is offered", "document.body.textContent.includes('docker:here / " + shop + "')");
            page.see(".jenkins-alert", "real:");
            page.click(".jenkins-button--primary").see("[role=status]", "Connected");
            keys(page, "stty size; echo 'port 80' > /etc/shop.conf; echo done | cat\n");
            page.see(".xterm-rows", "done");
            page.photograph("docker-terminal-light");
            page.assertAccessible("#shera-page");
            folders(page, engine, shop);
            share(rule, page);
            page.look(Theme.DARK, "zh-CN")
                    .open(rule.getURL() + TAB + "package/?environment=dev&pod=docker:here&container=" + shop);
            page.until("the container is offered", "document.body.textContent.includes('docker:here / " + shop + "')");
            page.click(".jenkins-button--primary").see("td", "/etc/shop.conf");
            page.type("input[type=text]", "1-docker");
            page.click(".shera-package__make").see("h2", ":1-docker");
            page.see(".shera-package__patch", "+port 80");
            page.photograph("docker-package-dark-zh");
            page.assertAccessible("#shera-page");
            assertThat(engine.target("shop").tags()).contains("1-docker");
            Image made = Image.read(engine.target("shop"), "1-docker", Platform.ofThisMachine());
            Descriptor layer = made.manifest().layers().get(1);
            JsonNode told =
                    new ObjectMapper().readTree(audited("container.package").get(0));
            assertThat(told.path("image").asText())
                    .endsWith("@" + made.manifest().digest());
            assertThat(told.path("layer").asText()).isEqualTo(layer.digest().toString());
            assertThat(told.path("sent").asLong()).isGreaterThanOrEqualTo(layer.size());
            page.assertClean();
            ends(rule, page, engine, shop);
        }
    }

    /** A browser tells of dropped folders only what was really dropped, so the test plays that part of it. */
    private static void folders(Page page, TestEngine engine, String shop) throws Exception {
        page.type(".shera-files__path", "/app").press("Enter");
        page.see("td", "kept.txt");
        page.evaluate(
                "(() => { DataTransferItem.prototype.webkitGetAsEntry = () => ({isFile: false, name: 'conf', createReader: () => {"
                        + " let all = [{isFile: true, name: 'a b.txt', file: take => take(new File(['dropped'], 'a b.txt'))}];"
                        + " return {readEntries: take => { take(all); all = []; }}; }});"
                        + " const data = new DataTransfer(); data.items.add(new File([''], 'conf'));"
                        + " document.querySelector('.shera-files__drop').dispatchEvent(new DragEvent('drop',"
                        + " {dataTransfer: data, bubbles: true, cancelable: true})); return true; })()");
        page.see("td", "conf/").see(".jenkins-alert, .shera-remark, [role=status]", "/app/conf");
        assertThat(engine.sh(shop, "cat '/app/conf/a b.txt'")).isEqualTo("dropped");
        page.photograph("docker-folders-light");
        page.evaluate("(() => { const saved = document.body.dataset;"
                + " URL.createObjectURL = got => { got.arrayBuffer().then(all => { const bytes = new Uint8Array(all);"
                + " saved.bytes = bytes[0] + ' ' + bytes[1]; }); return '#'; };"
                + " HTMLAnchorElement.prototype.click = function () { saved.name = this.download; };"
                + " document.querySelector(\"button[aria-label='Download conf']\").click(); return true; })()");
        page.until("it is said", "document.body.textContent.includes('/app/conf is downloaded')");
        page.until(
                "it was given to be saved as gzip",
                "document.body.dataset.name === 'conf.tar.gz' && document.body.dataset.bytes === '31 139'");
        page.photograph("docker-download-light");
        page.assertAccessible("#shera-page");
    }

    /** Looked at in the owner's page, and as who got the link. */
    private static void share(JenkinsRule rule, Page page) throws Exception {
        page.evaluate(
                "[...document.querySelectorAll('button')].find(each => each.textContent === 'Share').click() || true");
        String link = page.see(".shera-terminal__link").text(".shera-terminal__link");
        page.photograph("share-owner-light");
        page.assertAccessible("#shera-page");
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            page.look(theme, theme == Theme.DARK ? "zh-CN" : "en").open(link).see(".xterm-rows", "done");
            page.photograph("share-watch-" + theme);
            page.assertAccessible("#shera-page");
        }
        // Whoever comes by a link that leads nowhere any more is told so, and tries no more.
        sole().unshare();
        page.look(Theme.LIGHT, "zh-TW").open(link).see("[role=status]", "此連結已不再共享終端機");
        page.photograph("share-watch-gone-zh");
        page.takeFindings();
    }

    private static TerminalSession sole() {
        return TerminalDesk.get().of("retail", "shop").stream()
                .filter(session -> !session.isEnded())
                .findFirst()
                .orElseThrow();
    }

    /** What each end looks like: of the session's time, its right, its container, and whoever signs out meanwhile. */
    private static void ends(JenkinsRule rule, Page page, TestEngine engine, String shop) throws Exception {
        sole().kill("killed");
        entered(rule, page, Theme.LIGHT, "en", "Connected");
        sole().kill("idle");
        page.see("[role=status]", "no key pressed for 30 minutes").photograph("end-idle-light");
        entered(rule, page, Theme.DARK, "zh-CN", "已连接");
        sole().kill("total");
        page.see("[role=status]", "最长八小时").photograph("end-total-dark-zh");
        entered(rule, page, Theme.LIGHT, "zh-TW", "已連線");
        sole().kill("right");
        page.see("[role=status]", "權限已被收回").photograph("end-right-light-zh");
        entered(rule, page, Theme.DARK, "en", "Connected");
        page.evaluate("(() => { const send = WebSocket.prototype.send; WebSocket.prototype.send = function (what) {"
                + " window.cut = () => this.close(); return send.call(this, what); }; return true; })()");
        keys(page, "x");
        page.until("the line is known", "window.cut !== undefined");
        page.evaluate("fetch('" + rule.getURL() + "logout').then(() => window.cut()) && true");
        page.see("[role=status]", "You are not signed in any more").photograph("end-signed-out-dark");
        sole().kill("killed");
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "ada", "ada");
        entered(rule, page, Theme.LIGHT, "en", "Connected");
        engine.docker("kill", shop);
        page.see("[role=status]", "Ended").photograph("end-container-light");
        page.takeFindings();
    }

    private static void entered(JenkinsRule rule, Page page, Theme theme, String language, String connected)
            throws Exception {
        page.look(theme, language).open(rule.getURL() + TAB + "terminal/");
        page.until("the container is offered", "document.body.textContent.includes('docker:here / shop-')");
        page.click(".jenkins-button--primary");
        page.see("[role=status]", connected);
    }
}
