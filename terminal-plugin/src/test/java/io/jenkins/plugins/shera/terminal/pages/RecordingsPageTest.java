package io.jenkins.plugins.shera.terminal.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.config.TerminalPolicy;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.terminal.config.TerminalConfiguration;
import io.jenkins.plugins.shera.terminal.desk.Recordings;
import io.jenkins.plugins.shera.terminal.recording.Facts;
import io.jenkins.plugins.shera.terminal.recording.LocalShell;
import io.jenkins.plugins.shera.terminal.recording.Recording;
import io.jenkins.plugins.shera.terminal.session.Target;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What one person did in a terminal another watches in a browser. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class RecordingsPageTest {
    private static final String APPLICATION = "shera/tenant/retail/application/shop/";
    private static final String RECORDINGS = APPLICATION + "recordings/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "hunter-" + UUID.randomUUID();

    private final String id = UUID.randomUUID().toString();
    private final Target target = new Target("retail", "shop", "prod", "retail", "shop-1", "main");

    private static void tenant(JenkinsRule rule) throws Exception {
        rule.createProject(Folder.class, "retail");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("ada", "eve");
        rights.grant(SheraPermissions.TERMINAL).everywhere().to("ada");
        rights.grant(SheraPermissions.REVIEW).everywhere().to("eve");
        rule.jenkins.setAuthorizationStrategy(rights);
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Tenant retail = new Tenant("retail");
            retail.setFolder("retail");
            retail.setClusters(List.of("real"));
            retail.setNamespaces(List.of(new TenantNamespace("real", "retail")));
            Application shop = new Application("retail", "shop");
            Environment prod = new Environment("prod", "real", "retail");
            EnvironmentPolicy policy = new EnvironmentPolicy();
            TerminalPolicy terminal = new TerminalPolicy();
            terminal.setRecord(true);
            policy.setTerminal(terminal);
            prod.setPolicy(policy);
            shop.setEnvironments(List.of(new Environment("dev", "real", "retail"), prod));
            SheraConfiguration.get().setClusters(List.of(new KubernetesCluster("real")));
            SheraConfiguration.get().setTenants(List.of(retail));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
    }

    /** Ada works at a real terminal and types a password that is not echoed. */
    private Path recorded() throws Exception {
        Recording recording = Recordings.get().begin(id, target, "ada", 90, 26);
        TerminalSession session = new TerminalSession(id, "ada", target, Clock.systemUTC(), recording);
        try (LocalShell shell = new LocalShell(session)) {
            shell.type("echo first-$((40+2))\n", "first-42");
            shell.type("stty -echo; echo pass''word:; read secret; stty echo; echo th''anks\n", "password:");
            shell.type(SECRET + "\n", "thanks");
            shell.type("echo the-\u8336-end; exit 4\n", "the-\u8336-end");
            shell.end();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> facts().how().equals("exit"));
        return Recordings.get().shelf().cast(facts());
    }

    private Facts facts() throws Exception {
        return Recordings.get().shelf().find("retail", "shop", id).orElseThrow();
    }

    private static HttpResponse<String> get(JenkinsRule rule, String user, String path) throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(rule.getURL() + path))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String audited(String what) throws Exception {
        Path trail = SheraConfiguration.get().root().resolve("audit");
        StringBuilder lines = new StringBuilder();
        try (var files = Files.walk(Files.isDirectory(trail) ? trail : trail.getParent())) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> line.contains("\"" + what + "\""))
                        .forEach(line -> lines.append(line).append('\n'));
            }
        }
        return lines.toString();
    }

    @Test
    void whatWasShownIsReplayedSearchedAndLeaptToAndNoSecretIsInIt(JenkinsRule rule, Page page) throws Exception {
        tenant(rule);
        Path cast = recorded();
        assertThat(Files.readString(cast))
                .contains("\"width\":90")
                .contains("first-42")
                .contains("thanks")
                .doesNotContain(SECRET);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "eve", "eve");
        page.open(rule.getURL() + RECORDINGS).see("td", "shop-1 / main").see("td", "exit code 4");
        page.photograph("recordings-list");
        page.assertAccessible("#shera-page");
        page.click("td a").see(".shera-terminal__reel");
        page.until(
                "nothing is shown at the beginning", "!document.querySelector('.xterm-rows').innerText.includes('42')");
        page.evaluate("document.querySelector('select.jenkins-select__input').value = '8',"
                + " document.querySelector('select.jenkins-select__input').dispatchEvent(new Event('change'))");
        page.click(".shera-terminal__play");
        page.see(".xterm-rows", "first-42").see(".xterm-rows", "the-\u8336-end").see(".shera-terminal__play", "Play");
        Path photo = page.photograph("recording-light");
        JsonNode below = page.evaluate(
                "(() => { const r = document.querySelector('.shera-terminal__reel')"
                        + ".getBoundingClientRect(); return { x: r.x + scrollX + r.width / 2, y: r.y + scrollY + r.height - 40 }; })()");
        int colour = ImageIO.read(photo.toFile())
                .getRGB(below.path("x").asInt(), below.path("y").asInt());
        assertThat(colour & 0xff).as("the screen is as light as its page").isGreaterThan(200);
        page.assertAccessible("#shera-page");
        page.type("form input[type=search]", "PASSWORD:").press("Enter").see(".shera-terminal__hit", "password:");
        page.click(".shera-terminal__hit");
        page.until(
                "the screen is as it was then",
                "document.querySelector('.xterm-rows').innerText.includes('password:')"
                        + " && !document.querySelector('.xterm-rows').innerText.includes('the-\u8336-end')");
        page.evaluate("document.querySelector('.shera-terminal__play').focus(), document.activeElement.blur(),"
                + " document.querySelector('.shera-terminal__seek').focus()");
        page.press("k").see(".xterm-rows", "the-\u8336-end");
        page.evaluate("document.querySelector('.shera-terminal__seek').dispatchEvent("
                + "new KeyboardEvent('keydown', {key: 'Home', bubbles: true}))");
        page.until("it is at the beginning", "!document.querySelector('.xterm-rows').innerText.includes('42')");
        page.look(Theme.DARK, "zh-CN").open(rule.getURL() + RECORDINGS + "?recording=" + id + "&at=9999");
        page.see(".xterm-rows", "the-\u8336-end").see(".jenkins-button", "\u4e0b\u8f7d .cast");
        page.photograph("recording-dark-zh");
        page.assertAccessible("#shera-page");
        page.assertClean();
        assertThat(audited("terminal.recording.watch").lines())
                .as("once, not for each piece")
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"eve\"").contains(id));
    }

    @Test
    void itIsReadByPartsByWhoMayAndByNobodyElse(JenkinsRule rule) throws Exception {
        tenant(rule);
        Path cast = recorded();
        String named = "?recording=" + id;
        JsonNode all = JSON.readTree(get(rule, "eve", RECORDINGS + "api/json").body());
        assertThat(all.path("demanding").toString()).isEqualTo("[\"prod\"]");
        assertThat(all.path("recordings").path(0).path("id").asText()).isEqualTo(id);
        HttpResponse<String> piece = get(rule, "eve", RECORDINGS + "piece" + named);
        assertThat(piece.body()).isEqualTo(Files.readString(cast));
        assertThat(piece.headers().firstValue("X-SheRa-Last")).hasValue("true");
        assertThat(piece.headers().firstValue("X-SheRa-Next")).hasValue(String.valueOf(Files.size(cast)));
        JsonNode seek = JSON.readTree(
                get(rule, "eve", RECORDINGS + "seek" + named + "&at=0").body());
        assertThat(seek.path("draw").asLong()).isPositive();
        HttpResponse<String> download = get(rule, "eve", RECORDINGS + "cast" + named);
        assertThat(download.body()).isEqualTo(Files.readString(cast));
        assertThat(download.headers().firstValue("Content-Disposition").orElse(""))
                .contains(id + ".cast");
        for (String bad : List.of(
                "piece" + named + "&from=-1",
                "piece?recording=../../x",
                "piece?recording=" + UUID.randomUUID(),
                "find" + named + "&text=a",
                "seek" + named + "&at=now")) {
            HttpResponse<String> refused = get(rule, "eve", RECORDINGS + bad);
            assertThat(refused.statusCode()).as(bad).isBetween(400, 499);
            assertThat(refused.body()).as(bad).contains("\"next\"");
        }
        for (String verb : List.of("", "api/json", "look", "piece", "find", "seek", "cast")) {
            assertThat(get(rule, "ada", RECORDINGS + verb + named + "&text=first&at=1")
                            .statusCode())
                    .as("who worked in it may not watch by that alone: " + verb)
                    .isIn(403, 404);
        }
        assertThat(audited("terminal.recording.download")).contains("\"eve\"");
    }

    @Test
    void aDemandHoldsForTheTenantOrOneEnvironmentAndRefusesTheShellWhenNothingCanBeWritten(JenkinsRule rule)
            throws Exception {
        tenant(rule);
        Application shop = SheraConfiguration.get().application("retail", "shop");
        Environment dev = shop.environment("dev").orElseThrow();
        Recordings recordings = Recordings.get();
        assertThat(recordings.isDemanded("retail", dev)).isFalse();
        assertThat(recordings.isDemanded("retail", shop.environment("prod").orElseThrow()))
                .isTrue();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            TerminalConfiguration.get().setRecordedTenants("payments, retail");
            assertThat(recordings.isDemanded("retail", dev)).isTrue();
            TerminalConfiguration.get().setRecordedTenants("*");
            assertThat(recordings.isDemanded("retail", dev)).isTrue();
            assertThat(new TerminalConfiguration().getRecordedTenants())
                    .as("saved")
                    .isEqualTo("*");
            for (String bad : List.of("Retail", "a/b", "..", "\"")) {
                assertThatThrownBy(() -> TerminalConfiguration.get().setRecordedTenants(bad))
                        .isInstanceOf(Refusal.class);
            }
            assertThatThrownBy(() -> TerminalConfiguration.get().setKeepDays(0)).isInstanceOf(Refusal.class);
        }
        try (ACLContext ignored = ACL.as2(hudson.model.User.getById("ada", true).impersonate2())) {
            assertThatThrownBy(() -> TerminalConfiguration.get().setRecordedTenants(""))
                    .isInstanceOf(RuntimeException.class);
        }
        Files.writeString(SheraConfiguration.get().root().resolve("recordings"), "no folder");
        assertThatThrownBy(() -> recordings.begin(id, target, "ada", 80, 24))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("recorded");
    }
}
