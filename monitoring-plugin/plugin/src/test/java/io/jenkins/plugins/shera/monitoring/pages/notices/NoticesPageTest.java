package io.jenkins.plugins.shera.monitoring.pages.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Receivers, routes and silences of two tenants by page and REST: a real Prometheus fires, a real Alertmanager tells a web hook. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class NoticesPageTest {

    private static final String NOTICES = "shera/tenant/retail/notices/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private RealPrometheus prometheus;
    private RealAlertmanager alertmanager;

    @BeforeEach
    void start() throws Exception {
        alertmanager = RealAlertmanager.start(folder.resolve("am"));
        Files.createDirectories(folder.resolve("prom"));
        prometheus = RealPrometheus.start(
                folder.resolve("prom"), "127.0.0.1:" + alertmanager.url().getPort());
    }

    @AfterEach
    void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        if (alertmanager != null) {
            alertmanager.close();
        }
    }

    private void setUp(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        TwoTenants.alertmanager(alertmanager);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new StringCredentialsImpl(
                                    CredentialsScope.GLOBAL, "hook-token", "", Secret.fromString("s3cret")));
        }
    }

    private String book(String severity) {
        return "{\"receivers\": [{\"name\": \"ops\", \"kind\": \"webhook\", \"url\": \"" + alertmanager.hook()
                + "/retail\", \"credentialsId\": \"hook-token\"}],"
                + " \"routes\": [{\"receiver\": \"ops\", \"application\": \"shop\", \"severity\": \"" + severity
                + "\"}]}";
    }

    /** The configuration once the way of heartbeats is in it. */
    private String settled() throws Exception {
        await().atMost(PATIENCE)
                .until(() -> Files.readString(alertmanager.config()).contains("SheraWatchdog"));
        return Files.readString(alertmanager.config());
    }

    private static JsonNode read(JenkinsRule rule, String user, String path) throws Exception {
        HttpResponse<String> answer = TwoTenants.get(rule, user, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void whatFiresReachesTheHookAndASilenceKeepsItQuiet(JenkinsRule rule) throws Exception {
        setUp(rule);
        assertThat(TwoTenants.post(rule, "operator", NOTICES + "plan", book("warning"))
                        .body())
                .contains("+ receiver ops: webhook")
                .contains("+ route to ops: shop warning");
        assertThat(Files.readString(alertmanager.config())).doesNotContain("retail");
        HttpResponse<String> set = TwoTenants.post(rule, "operator", NOTICES + "set", book("warning"));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(set.body()).doesNotContain("s3cret");
        JsonNode book = read(rule, "operator", NOTICES + "book");
        assertThat(book.at("/servers/0/state").asText()).isEqualTo("inForce");
        assertThat(book.path("version").asLong()).isEqualTo(1);
        assertThat(book.toString()).doesNotContain("s3cret");
        assertThat(TwoTenants.post(
                                rule,
                                "operator",
                                NOTICES + "set",
                                book("warning").replaceFirst("\\{", "{\"version\": 0, "))
                        .statusCode())
                .isEqualTo(409);

        TwoTenants.post(
                rule,
                "operator",
                "shera/tenant/retail/application/shop/alerts/set",
                "{\"thresholds\": [{\"metric\": \"threads\", \"warning\": \"300\", \"for\": \"0\"}]}");
        prometheus.serve("container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 301\n");
        await().atMost(PATIENCE).until(() -> alertmanager.told().stream()
                .anyMatch(each ->
                        each.startsWith("/retail Bearer s3cret ") && each.contains("threads is 301, above 300")));

        String silence =
                "{\"application\": \"shop\", \"metric\": \"threads\", \"duration\": \"1h\", \"comment\": \"release\"}";
        assertThat(TwoTenants.post(rule, "operator", NOTICES + "silence", silence)
                        .statusCode())
                .isEqualTo(200);
        JsonNode silences = read(rule, "operator", NOTICES + "silences").path("silences");
        assertThat(silences.at("/0/by").asText()).isEqualTo("operator");
        assertThat(read(rule, "viewer", "shera/tenant/retail/application/shop/alerts/active")
                        .at("/alerts/0/silenced")
                        .asBoolean())
                .isTrue();
        String id = "{\"id\": \"" + silences.at("/0/id").asText() + "\"}";
        assertThat(TwoTenants.post(rule, "banker", NOTICES.replace("retail", "bank") + "expire", id)
                        .statusCode())
                .isEqualTo(422);
        assertThat(TwoTenants.post(rule, "operator", NOTICES + "expire", id).statusCode())
                .isEqualTo(200);
        assertThat(read(rule, "operator", NOTICES + "silences")
                        .at("/silences/0/state")
                        .asText())
                .isEqualTo("expired");
        assertThat(read(rule, "banker", NOTICES.replace("retail", "bank") + "silences")
                        .path("silences"))
                .isEmpty();
    }

    private static String timed(String book, String timing) {
        return book.substring(0, book.length() - 1) + ", \"timing\": " + timing + "}";
    }

    private static String where(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        return JSON.readTree(answer.body()).path("where").asText();
    }

    @Test
    void timesStayWithinThePlatformsLimitsAndFollowThem(JenkinsRule rule) throws Exception {
        setUp(rule);
        String wanted =
                timed(book(""), "{\"groupBy\": [\"metric\"], \"groupWait\": \"5s\", \"repeatInterval\": \"2h\"}");
        HttpResponse<String> plan = TwoTenants.post(rule, "operator", NOTICES + "plan", wanted);
        assertThat(plan.body()).contains("+ timing: by metric, groupWait 5s, repeatInterval 2h");
        assertThat(JSON.readTree(plan.body()).at("/floors/0"))
                .as("scrape 1s, evaluation 1s, wait 5s")
                .isEqualTo(JSON.readTree("{\"server\": \"main\", \"least\": \"7s\", \"lasting\": \"0\","
                        + " \"scrape\": \"1s\", \"evaluation\": \"1s\", \"wait\": \"5s\"}"));
        assertThat(where(TwoTenants.post(
                        rule, "operator", NOTICES + "set", timed(book(""), "{\"groupBy\": [\"...\"]}"))))
                .isEqualTo("timing.groupBy");

        assertThat(TwoTenants.post(rule, "operator", NOTICES + "set", wanted).statusCode())
                .isEqualTo(200);
        JsonNode book = read(rule, "operator", NOTICES + "book");
        assertThat(book.at("/timing/groupWait").asText()).isEqualTo("5s");
        assertThat(book.at("/servers/0/state").asText()).isEqualTo("inForce");
        assertThat(Files.readString(alertmanager.config()))
                .contains("group_wait: \"5s\"")
                .contains("source_matchers")
                .doesNotContain("ClusterDown");

        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setGroupWaitLimits("10s 1m");
            MonitoringConfiguration.get().setPlatformOutages("ClusterDown");
        }
        assertThat(where(TwoTenants.post(rule, "operator", NOTICES + "set", wanted)))
                .isEqualTo("timing.groupWait");
        await().atMost(PATIENCE)
                .until(() -> Files.readString(alertmanager.config()).contains("group_wait: \"10s\"")
                        && Files.readString(alertmanager.config()).contains("ClusterDown"));
        assertThat(new MonitoringConfiguration().getPlatformOutages()).isEqualTo("ClusterDown");
    }

    @Test
    void refusesStrangersForeignHostsAndMissingSecrets(JenkinsRule rule) throws Exception {
        setUp(rule);
        String before = settled();
        for (String user : List.of("viewer", "banker")) {
            for (String verb : List.of("plan", "set", "test", "silence", "expire")) {
                assertThat(TwoTenants.post(rule, user, NOTICES + verb, book("")).statusCode())
                        .as(user + " " + verb)
                        .isIn(403, 404);
            }
            for (String path : List.of("", "book", "silences", "api/json")) {
                assertThat(TwoTenants.get(rule, user, NOTICES + path).statusCode())
                        .as(user + " " + path)
                        .isIn(403, 404);
            }
        }
        for (String bad : List.of(
                book("").replace("127.0.0.1", "metadata.internal"),
                book("").replace("hook-token", "nobody"),
                book("loud"),
                book("").replace("\"webhook\"", "\"pigeon\""),
                "{\"receivers\": [], \"routes\": [{\"receiver\": \"ops\"}]}")) {
            HttpResponse<String> answer = TwoTenants.post(rule, "operator", NOTICES + "set", bad);
            assertThat(answer.statusCode()).as(bad + answer.body()).isEqualTo(422);
        }
        HttpResponse<String> mail = TwoTenants.post(
                rule,
                "operator",
                NOTICES + "set",
                "{\"receivers\": [{\"name\": \"ops\", \"kind\": \"mail\", \"to\": \"a@example.com\"}]}");
        assertThat(mail.statusCode()).isEqualTo(502);
        assertThat(mail.body()).contains("amtool refused").contains("SMTP smarthost");
        assertThat(Files.readString(alertmanager.config())).isEqualTo(before);
    }

    @Test
    void nobodyIsToldOfATenantThatIsGone(JenkinsRule rule) throws Exception {
        setUp(rule);
        String before = settled();
        TwoTenants.post(rule, "operator", NOTICES + "set", book(""));
        assertThat(Files.readString(alertmanager.config())).contains("retail");
        MonitoringConfiguration again = new MonitoringConfiguration();
        assertThat(again.getAlertmanagers())
                .singleElement()
                .extracting(AlertmanagerServer::getWebhookHosts)
                .isEqualTo("127.0.0.1");

        Administration administration = new Administration(SheraConfiguration.get());
        administration.removeApplication("retail", "shop", OptionalLong.empty());
        administration.removeTenant("retail", OptionalLong.empty());

        await().atMost(PATIENCE)
                .until(() -> Files.readString(alertmanager.config()).equals(before));
    }

    @Test
    void aPersonAddsAReceiverTestsItAndSilences(JenkinsRule rule, Page page) throws Exception {
        setUp(rule);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "operator", "operator");
        TwoTenants.post(rule, "operator", NOTICES + "set", book("warning"));
        page.open(rule.getURL() + NOTICES + "#application=shop&metric=threads&severity=warning");
        page.see(".shera-pill--ok", "in force on am");
        page.see("form[aria-label='Who is told']", "Wait for others before the first message");
        page.see(".jenkins-card", "main: at least 3s pass from a breach to the first message");
        page.photograph("notices-light");
        page.assertAccessible("#shera-page");
        page.type("form[aria-label='New silence'] .shera-field:nth-child(6) input", "release");
        page.click("form[aria-label='New silence'] button[type=submit]");
        page.see(".shera-pill--info", "quiet").see("td", "shop, threads, warning");
        page.click(".shera-notices__tests button");
        await().atMost(PATIENCE)
                .until(() -> alertmanager.told().stream().anyMatch(each -> each.contains("Test of the receiver ops")));
        page.click("form[aria-label='Who is told'] button[type=submit]");
        page.see(".shera-dialog", "Nothing changes.").photograph("notices-plan");
        page.look(Theme.DARK, "en").open(rule.getURL() + NOTICES).see(".shera-pill--info", "quiet");
        page.see(".shera-pill--ok", "in force on am").photograph("notices-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN").open(rule.getURL() + NOTICES).see(".shera-pill--info");
        page.see(".shera-pill--ok").photograph("notices-zh");
        page.width(420).photograph("notices-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.assertClean();
    }
}
