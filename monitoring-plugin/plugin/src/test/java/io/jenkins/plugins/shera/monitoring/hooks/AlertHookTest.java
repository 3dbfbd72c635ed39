package io.jenkins.plugins.shera.monitoring.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.agent.ChatSettings;
import io.jenkins.plugins.shera.monitoring.agent.http.ChatServer;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.desk.HookTokens;
import io.jenkins.plugins.shera.monitoring.neighbours.ChatConnections;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A real Alertmanager tells Jenkins of alerts: they stand on the timeline once; robots of chats hear of them from a daemon. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class AlertHookTest {

    private static final String NOTICES = "shera/tenant/retail/notices/";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private RealPrometheus prometheus;
    private RealAlertmanager alertmanager;
    private ChatServer daemon;

    @BeforeEach
    void start() throws Exception {
        prometheus = RealPrometheus.start(folder);
        alertmanager = RealAlertmanager.start(folder.resolve("am"));
        Files.writeString(folder.resolve("token"), TOKEN);
        daemon = ChatServer.start(new ChatSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                null,
                null,
                folder.resolve("chats"),
                folder.resolve("token")));
    }

    @AfterEach
    void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        if (alertmanager != null) {
            alertmanager.close();
        }
        if (daemon != null) {
            daemon.close();
        }
    }

    private void useDaemon() {
        AlertmanagerServer server =
                MonitoringConfiguration.get().getAlertmanagers().get(0);
        server.setChatsUrl("http://127.0.0.1:" + daemon.address().getPort());
        server.setChatsCredentialsId("push");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setAlertmanagers(List.of(server));
        }
    }

    private void setUp(JenkinsRule rule, String receiver) throws Exception {
        TwoTenants.of(rule, prometheus);
        TwoTenants.alertmanager(alertmanager);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new StringCredentialsImpl(CredentialsScope.GLOBAL, "push", "", Secret.fromString(TOKEN)));
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new StringCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "robot",
                                    "",
                                    Secret.fromString(alertmanager.hook() + "/robot?key=s3cret")));
        }
        HttpResponse<String> set = set(rule, receiver);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    }

    private static HttpResponse<String> set(JenkinsRule rule, String receiver) throws Exception {
        return TwoTenants.post(
                rule,
                "operator",
                NOTICES + "set",
                "{\"receivers\": [" + receiver + "], \"routes\": [{\"receiver\": \"here\"}]}");
    }

    private static Application shop(String tenant) {
        return SheraConfiguration.get().application(tenant, "shop");
    }

    private static List<TimelineEntry> alerts(String tenant) throws IOException {
        return Timelines.get().of(shop(tenant)).page(Long.MAX_VALUE, 50, TimelineEntry.Kind.ALERT).entries().stream()
                .filter(entry -> entry.actor().equals("Alertmanager"))
                .toList();
    }

    private static int post(JenkinsRule rule, String key, String token, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(rule.getURL() + "shera-webhook/post/alertmanager/" + key))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String body(String status, String tenant, String application) {
        return "{\"alerts\":[{\"status\":\"" + status
                + "\",\"fingerprint\":\"ab12\",\"startsAt\":\"2026-01-02T03:04:05Z\","
                + "\"labels\":{\"tenant\":\"" + tenant + "\",\"application\":\"" + application
                + "\",\"environment\":\"dev\",\"metric\":\"threads\",\"severity\":\"critical\"},"
                + "\"annotations\":{\"summary\":\"threads is 401\",\"runbook_url\":\"https://wiki.example.com/threads\"}}]}";
    }

    @Test
    void whatAlertmanagerTellsStandsOnTheTimelineOnce(JenkinsRule rule, Page page) throws Exception {
        setUp(rule, "{\"name\": \"here\", \"kind\": \"jenkins\"}");
        Timelines.get()
                .append(
                        shop("retail"),
                        TimelineEntry.now(TimelineEntry.Kind.RELEASE, "Release 7", "", "operator", "dev")
                                .linked("build", "/job/retail/job/deploy/7/"));
        alertmanager.alert(
                "{\"alertname\":\"SheraThreads\",\"managed_by\":\"shera\",\"tenant\":\"retail\",\"application\":\"shop\","
                        + "\"environment\":\"dev\",\"metric\":\"threads\",\"severity\":\"critical\"}");

        await().atMost(PATIENCE).until(() -> !alerts("retail").isEmpty());
        TimelineEntry entry = alerts("retail").get(0);
        assertThat(entry.title()).isEqualTo("threads beyond its threshold (critical)");
        assertThat(entry.environment()).isEqualTo("dev");
        assertThat(entry.links()).extracting(TimelineEntry.Link::text).containsExactly("logs around it", "Release 7");
        assertThat(entry.links().get(1).url()).isEqualTo("/job/retail/job/deploy/7/");

        page.signIn(rule.getURL().toString(), "admin", "admin")
                .open(rule.getURL() + entry.links().get(0).url().substring(1));
        page.until(
                "the time around the alert is chosen",
                "[...document.querySelectorAll('select')].some(s => s.value === 'own')");
        page.until("since is filled in", "document.querySelector('input[type=datetime-local]').value.length >= 16");
    }

    @Test
    void anAlertDuringARolloutLeadsToTheRollout(JenkinsRule rule) throws Exception {
        setUp(rule, "{\"name\": \"here\", \"kind\": \"jenkins\"}");
        for (String environment : List.of("dev", "prod")) {
            Timelines.get()
                    .append(
                            shop("retail"),
                            TimelineEntry.now(
                                    TimelineEntry.Kind.CANARY, "Canary 20 % " + environment, "", "ann", environment));
        }
        String now = body("firing", "retail", "shop")
                .replace("2026-01-02T03:04:05Z", Instant.now().toString());

        assertThat(post(rule, "retail.here", HookTokens.get().of("retail.here"), now))
                .isEqualTo(204);

        assertThat(alerts("retail")).singleElement().satisfies(entry -> assertThat(entry.links())
                .contains(new TimelineEntry.Link("Canary 20 % dev", "/shera/tenant/retail/application/shop/releases/"))
                .doesNotHaveDuplicates()
                .hasSize(3));
    }

    @Test
    void repetitionsForgeriesAndOtherTenantsLeaveNoTrace(JenkinsRule rule) throws Exception {
        setUp(rule, "{\"name\": \"here\", \"kind\": \"jenkins\"}");
        String token = HookTokens.get().of("retail.here");

        assertThat(post(rule, "retail.here", token, body("firing", "retail", "shop")))
                .isEqualTo(204);
        assertThat(post(rule, "retail.here", token, body("firing", "retail", "shop")))
                .isEqualTo(204);
        assertThat(alerts("retail")).hasSize(1);
        assertThat(alerts("retail").get(0).links())
                .contains(new TimelineEntry.Link("runbook", "https://wiki.example.com/threads"));
        assertThat(post(rule, "retail.here", token, body("resolved", "retail", "shop")))
                .isEqualTo(204);
        assertThat(post(rule, "retail.here", token, body("resolved", "retail", "shop")))
                .isEqualTo(204);
        assertThat(alerts("retail")).hasSize(2);
        assertThat(alerts("retail").get(0).title()).isEqualTo("threads within its threshold again (critical)");

        assertThat(post(rule, "retail.here", token, body("firing", "bank", "shop")))
                .isEqualTo(204);
        assertThat(post(rule, "retail.here", token, body("firing", "retail", "nothing")))
                .isEqualTo(204);
        assertThat(post(rule, "retail.here", "x" + token, body("firing", "retail", "shop")))
                .isEqualTo(404);
        assertThat(post(rule, "bank.here", token, body("firing", "bank", "shop")))
                .isEqualTo(404);
        assertThat(post(rule, "bank.here", HookTokens.get().of("bank.here"), body("firing", "bank", "shop")))
                .as("bank has no such receiver")
                .isEqualTo(404);
        assertThat(post(rule, "retail.here", token, "{")).isEqualTo(500);
        assertThat(alerts("retail")).hasSize(2);
        assertThat(alerts("bank")).isEmpty();
    }

    @Test
    void aRobotOfAChatIsToldByTheDaemonInItsOwnWords(JenkinsRule rule) throws Exception {
        setUp(rule, "{\"name\": \"here\", \"kind\": \"jenkins\"}");
        String robot = "{\"name\": \"here\", \"kind\": \"wecom\", \"credentialsId\": \"robot\"}";
        HttpResponse<String> refused = set(rule, robot);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("routes[0].receiver").contains("no daemon tells such robots");
        useDaemon();
        HttpResponse<String> set = set(rule, robot);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(Files.readString(alertmanager.config()))
                .contains("http://127.0.0.1:" + daemon.address().getPort() + "/v1/chats/retail/here")
                .doesNotContain("s3cret");
        Path kept = folder.resolve("chats/retail.json");
        assertThat(kept).content().contains("s3cret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(new ChatConnections().connections())
                .singleElement()
                .satisfies(each -> assertThat(each.test().toString()).isEqualTo("It tells robots of 1 tenants."));

        assertThat(TwoTenants.post(rule, "operator", NOTICES + "test", "{\"receiver\": \"here\"}")
                        .statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE).until(() -> toldRobot("Test of the receiver here"));
        alertmanager.alert(
                "{\"alertname\":\"SheraThreads\",\"managed_by\":\"shera\",\"tenant\":\"retail\",\"application\":\"shop\","
                        + "\"environment\":\"dev\",\"metric\":\"threads\",\"severity\":\"critical\"}");
        await().atMost(PATIENCE).until(() -> toldRobot("[FIRING] critical retail/shop/dev: SheraThreads"));
        assertThat(alerts("retail")).isEmpty();
        assertThat(TwoTenants.get(rule, "operator", NOTICES + "book").body()).doesNotContain("s3cret");

        HttpResponse<String> none = TwoTenants.post(rule, "operator", NOTICES + "set", "{\"receivers\": []}");
        assertThat(none.statusCode()).as(none.body()).isEqualTo(200);
        assertThat(kept).content().doesNotContain("s3cret");
    }

    private boolean toldRobot(String text) {
        return alertmanager.told().stream()
                .anyMatch(each -> each.startsWith("/robot?key=s3cret ")
                        && each.contains("\"msgtype\":\"text\"")
                        && each.contains(text));
    }
}
