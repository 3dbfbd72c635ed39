package io.jenkins.plugins.shera.monitoring.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import hudson.ExtensionList;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNotice;
import io.jenkins.plugins.shera.monitoring.config.ReleaseNoticeConfiguration;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import io.jenkins.plugins.shera.platform.health.HealthBoard;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** News of releases of two tenants reach web hooks, robots and a real mail server, through restarts and receivers that are down. */
class ReleaseMailroomTest {

    private static final String PAGE = "shera/tenant/retail/releasenotices/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String IMAGE = "registry.example.com/retail/shop:1.4@sha256:" + "0123456789abcdef".repeat(4);

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private RealPrometheus prometheus;
    private HookDouble hooks;

    @BeforeEach
    void start() throws Exception {
        prometheus = RealPrometheus.start(folder);
        hooks = new HookDouble();
    }

    @AfterEach
    void stop() throws Exception {
        hooks.close();
        prometheus.close();
    }

    private static void secret(JenkinsRule rule, String id, String text) throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(text)));
        }
    }

    private static void post(JenkinsRule rule, String user, String path, String body) throws Exception {
        HttpResponse<String> answer = TwoTenants.post(rule, user, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String receiver(String name, String more) {
        return "{\"name\": \"" + name + "\", " + more + "}";
    }

    private static String rule(String receiver, String more) {
        return "{\"receiver\": \"" + receiver + "\"" + more + "}";
    }

    private static void set(JenkinsRule rule, List<String> receivers, List<String> rules) throws Exception {
        post(
                rule,
                "operator",
                "shera/tenant/retail/notices/set",
                "{\"receivers\": [" + String.join(",", receivers) + "], \"routes\": []}");
        post(rule, "operator", PAGE + "set", "{\"notices\": [" + String.join(",", rules) + "]}");
    }

    private static ReleaseNews news(String tenant, String release, ReleaseNews.Event event, String why) {
        return new ReleaseNews(tenant, "shop", "dev", release, event, IMAGE, "ann", why, Instant.now());
    }

    private static JsonNode receivers(JenkinsRule rule) throws Exception {
        HttpResponse<String> answer = TwoTenants.get(rule, "operator", PAGE + "book");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("s3cret");
        return JSON.readTree(answer.body()).path("receivers");
    }

    private JsonNode one(String path) throws Exception {
        await().atMost(PATIENCE).until(() -> !hooks.told(path).isEmpty());
        assertThat(hooks.told(path)).hasSize(1);
        return JSON.readTree(hooks.told(path).get(0).body());
    }

    @Test
    void eachKindIsToldInItsOwnWords() throws Throwable {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp").dynamicPort());
        mail.start();
        sessions.then(rule -> {
            TwoTenants.of(rule, prometheus);
            ReleaseNoticeConfiguration settings = ReleaseNoticeConfiguration.get();
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                settings.setMailHost("127.0.0.1");
                settings.setMailPort(mail.getSmtp().getPort());
                settings.setMailSecurity("none");
                settings.setMailFrom("jenkins@example.com");
            }
            secret(rule, "token", "s3cret");
            for (String robot : List.of("slack", "wecom", "dingtalk", "lark")) {
                secret(rule, robot, hooks.url("/" + robot) + "?key=s3cret");
            }
            hooks.answers("/slack", 200, "ok");
            hooks.answers("/lark", 200, "{\"code\":0}");
            List<String> receivers = new ArrayList<>();
            receivers.add(receiver(
                    "hook",
                    "\"kind\": \"webhook\", \"url\": \"" + hooks.url("/hook") + "\", \"credentialsId\": \"token\""));
            receivers.add(receiver("mail", "\"kind\": \"mail\", \"to\": \"ops@example.com\""));
            receivers.add(
                    receiver("slack", "\"kind\": \"slack\", \"to\": \"#releases\", \"credentialsId\": \"slack\""));
            for (String robot : List.of("wecom", "dingtalk", "lark")) {
                receivers.add(receiver(robot, "\"kind\": \"" + robot + "\", \"credentialsId\": \"" + robot + "\""));
            }
            List<String> rules = new ArrayList<>();
            for (String each : List.of("hook", "mail", "slack", "dingtalk", "lark")) {
                rules.add(rule(each, ""));
            }
            rules.add(rule("wecom", ", \"event\": \"wentBack\", \"language\": \"zh-CN\""));
            set(rule, receivers, rules);

            ReleaseNews back =
                    news("retail", "r1", ReleaseNews.Event.WENT_BACK, "analysis <at user_id=\"all\"> failed");
            ReleaseNotifier.tellAll(back);
            ReleaseNotifier.tellAll(back);

            JsonNode hook = one("/hook").at("/releases/0");
            assertThat(hook.path("event").asText()).isEqualTo("wentBack");
            assertThat(hook.path("image").asText()).isEqualTo(IMAGE);
            assertThat(hook.path("actor").asText()).isEqualTo("ann");
            assertThat(hook.path("link").asText())
                    .isEqualTo(rule.getURL() + "shera/tenant/retail/application/shop/releases/?environment=dev");
            assertThat(hooks.told("/hook").get(0).authorization()).isEqualTo("Bearer s3cret");
            assertThat(hooks.told("/hook").get(0).idempotency())
                    .isEqualTo(hook.path("id").asText());
            JsonNode slack = one("/slack");
            assertThat(slack.path("channel").asText()).isEqualTo("#releases");
            assertThat(slack.path("text").asText())
                    .startsWith("retail/shop: the release into dev went back\n")
                    .contains("&lt;at")
                    .contains("Image: registry.example.com/retail/shop:1.4 (sha256:0123456789ab)\n")
                    .contains("By: ann");
            JsonNode wecom = one("/wecom");
            assertThat(wecom.path("msgtype").asText()).isEqualTo("text");
            assertThat(wecom.at("/text/content").asText()).contains("已回退").contains("操作者：ann");
            assertThat(one("/dingtalk").at("/text/content").asText()).contains("analysis <at");
            JsonNode lark = one("/lark");
            assertThat(lark.path("msg_type").asText()).isEqualTo("text");
            assertThat(lark.at("/content/text").asText()).contains("went back").doesNotContain("<at");
            await().atMost(PATIENCE).until(() -> mail.getReceivedMessages().length == 1);
            assertThat(mail.getReceivedMessages()[0].getSubject())
                    .isEqualTo("retail/shop: the release into dev went back");
            assertThat(mail.getReceivedMessages()[0].getContent().toString()).contains("By: ann");

            ReleaseNotifier.tellAll(news("retail", "r1", ReleaseNews.Event.FINISHED, ""));
            await().atMost(PATIENCE).until(() -> hooks.told("/hook").size() == 2);
            assertThat(hooks.told("/wecom")).as("only what it asked for").hasSize(1);
            await().atMost(PATIENCE).until(() -> receivers(rule).findValuesAsText("state").stream()
                    .allMatch("delivered"::equals));
        });
        mail.stop();
    }

    @Test
    void whatHappenedBeforeARestartIsToldAfterItOnceAndSurvivesReceiversThatAreDown() throws Throwable {
        hooks.answers("/hook", 500, "broken");
        hooks.answers("/slow", 0, "");
        hooks.answers("/busy", 429, "later");
        List<String> logged = new ArrayList<>();
        sessions.then(rule -> {
            Handler listening = listen(logged);
            TwoTenants.of(rule, prometheus);
            secret(rule, "busy", hooks.url("/busy") + "?key=s3cret");
            set(
                    rule,
                    List.of(
                            receiver("hook", "\"kind\": \"webhook\", \"url\": \"" + hooks.url("/hook") + "\""),
                            receiver("slow", "\"kind\": \"webhook\", \"url\": \"" + hooks.url("/slow") + "\""),
                            receiver("busy", "\"kind\": \"wecom\", \"credentialsId\": \"busy\""),
                            receiver("good", "\"kind\": \"webhook\", \"url\": \"" + hooks.url("/good") + "\"")),
                    List.of(rule("hook", ""), rule("slow", ""), rule("busy", ""), rule("good", "")));
            ReleaseNotifier.tellAll(news("retail", "r1", ReleaseNews.Event.WAITING, "waits for a person"));
            await().atMost(PATIENCE).until(() -> hooks.told("/good").size() == 1);
            await().atMost(PATIENCE).until(() -> {
                JsonNode all = receivers(rule);
                return all.at("/0/state").asText().equals("failing")
                        && all.at("/1/state").asText().equals("failing")
                        && all.at("/2/state").asText().equals("failing");
            });
            JsonNode all = receivers(rule);
            assertThat(all.at("/0/why").asText()).contains("retail/hook").contains("500");
            assertThat(all.at("/1/why").asText()).contains("within 10 s");
            assertThat(all.at("/2/why").asText()).contains("429");
            assertThat(all.at("/0/waiting").asInt()).isEqualTo(1);
            HealthBoard.get().ask();
            assertThat(HealthBoard.get().all())
                    .filteredOn(each -> each.name().equals("retail/hook"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.message()).contains("500"));
            Logger.getLogger("").removeHandler(listening);
        });
        hooks.answers("/hook", 200, "{}");
        hooks.answers("/busy", 200, "{\"errcode\":0}");
        int busy = hooks.told("/busy").size();
        sessions.then(rule -> {
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            ReleaseMailroom.get().hurry("retail");
            await().atMost(PATIENCE).until(() -> hooks.told("/busy").size() == busy + 1);
            await().atMost(PATIENCE)
                    .until(() -> receivers(rule).at("/0/state").asText().equals("delivered"));
            assertThat(receivers(rule).at("/0/waiting").asInt()).isZero();
            assertThat(ReleaseNoticeConfiguration.get().of("retail")).hasSize(4);
            ReleaseNotifier.tellAll(news("retail", "r1", ReleaseNews.Event.WAITING, "waits for a person"));
            ReleaseNotifier.tellAll(news("retail", "r2", ReleaseNews.Event.WAITING, "waits for a person"));
            await().atMost(PATIENCE).until(() -> hooks.told("/good").size() == 2);
            assertThat(hooks.told("/good").get(1).body()).contains("\"release\":\"r2\"");
        });
        assertThat(logged).noneMatch(each -> each.contains("s3cret"));
    }

    private static Handler listen(List<String> logged) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                synchronized (logged) {
                    logged.add(record.getMessage() + " " + record.getThrown());
                }
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger.getLogger("").addHandler(handler);
        return handler;
    }

    @Test
    void aStormIsToldInFewMessagesAndNobodyElsesReceiversAreUsed() throws Throwable {
        sessions.then(rule -> {
            TwoTenants.of(rule, prometheus);
            String ops = receiver("ops", "\"kind\": \"webhook\", \"url\": \"" + hooks.url("/ops") + "\"");
            set(rule, List.of(ops), List.of(rule("ops", ", \"environment\": \"dev\"")));
            post(
                    rule,
                    "banker",
                    "shera/tenant/bank/notices/set",
                    "{\"receivers\": [" + ops.replace("/ops", "/bank") + "], \"routes\": []}");
            post(rule, "banker", "shera/tenant/bank/releasenotices/set", "{\"notices\": [" + rule("ops", "") + "]}");
            for (int i = 0; i < 200; i++) {
                ReleaseNotifier.tellAll(news("retail", "r" + i, ReleaseNews.Event.FINISHED, ""));
            }
            await().atMost(PATIENCE)
                    .until(() -> receivers(rule).at("/0/waiting").asInt() == 0);
            int told = 0;
            for (HookDouble.Told each : hooks.told("/ops")) {
                told += JSON.readTree(each.body()).path("releases").size();
            }
            assertThat(told).isEqualTo(200);
            assertThat(hooks.told("/ops").size()).isLessThan(20);
            assertThat(hooks.told("/bank")).isEmpty();

            assertThat(TwoTenants.post(rule, "banker", PAGE + "set", "{\"notices\": []}")
                            .statusCode())
                    .isIn(403, 404);
            assertThat(TwoTenants.post(rule, "viewer", PAGE + "set", "{\"notices\": []}")
                            .statusCode())
                    .isIn(403, 404);
            assertThat(TwoTenants.get(rule, "viewer", PAGE + "book").statusCode())
                    .isIn(403, 404);
            HttpResponse<String> strange =
                    TwoTenants.post(rule, "operator", PAGE + "set", "{\"notices\": [" + rule("nobody", "") + "]}");
            assertThat(strange.statusCode()).isEqualTo(422);
            assertThat(strange.body()).contains("notices[0].receiver");
            HttpResponse<String> odd = TwoTenants.post(
                    rule,
                    "operator",
                    PAGE + "set",
                    "{\"notices\": [" + rule("ops", ", \"event\": \"exploded\"") + "]}");
            assertThat(odd.body()).contains("notices[0].event").contains("wentBack");
            assertThat(TwoTenants.post(rule, "operator", PAGE + "set", "{\"version\": \"0\", \"notices\": []}")
                            .statusCode())
                    .isEqualTo(409);
        });
    }

    @Test
    void hostsThatHooksMayNotLieOnAreNotAskedAndATestSaysWhy() throws Throwable {
        sessions.then(rule -> {
            TwoTenants.of(rule, prometheus);
            secret(rule, "inside", hooks.url("/inside") + "?key=s3cret");
            set(
                    rule,
                    List.of(
                            receiver("inside", "\"kind\": \"lark\", \"credentialsId\": \"inside\""),
                            receiver("cloud", "\"kind\": \"webhook\", \"url\": \"http://169.254.169.254/latest\""),
                            receiver("mail", "\"kind\": \"mail\", \"to\": \"ops@example.com\"")),
                    List.of(rule("inside", "")));
            AlertmanagerServer server = new AlertmanagerServer("am", "http://127.0.0.1:1");
            server.setWebhookHosts("example.com");
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                MonitoringConfiguration.get().setAlertmanagers(List.of(server));
            }
            ReleaseNotifier.tellAll(news("retail", "r1", ReleaseNews.Event.FAILED, "ImagePullBackOff"));
            await().atMost(PATIENCE)
                    .until(() -> receivers(rule).at("/0/why").asText().contains("may not lie on"));
            assertThat(hooks.told("/inside")).isEmpty();
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                MonitoringConfiguration.get().setAlertmanagers(List.of());
            }
            HttpResponse<String> cloud = TwoTenants.post(rule, "operator", PAGE + "test", "{\"receiver\": \"cloud\"}");
            assertThat(cloud.statusCode()).isEqualTo(502);
            assertThat(cloud.body()).contains("may not lie on").doesNotContain("169.254");
            assertThat(TwoTenants.post(rule, "operator", PAGE + "test", "{\"receiver\": \"mail\"}")
                            .body())
                    .contains("no mail server is set up");
            post(rule, "operator", PAGE + "test", "{\"receiver\": \"inside\"}");
            assertThat(one("/inside").at("/content/text").asText()).contains("Test of the receiver inside");
            assertThat(receivers(rule).at("/0/state").asText()).isEqualTo("delivered");
        });
    }

    @Test
    void configurationAsCodeReadsWhatItWrites() throws Throwable {
        sessions.then(rule -> {
            rule.createProject(Folder.class, "retail");
            ReleaseNotice notice = new ReleaseNotice("retail", "ops");
            notice.setEvent("failed");
            notice.setLanguage("zh-TW");
            try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
                ReleaseNoticeConfiguration.get().setNotices(List.of(notice));
            }
        });
        sessions.then(rule -> {
            List<ReleaseNotice> kept = ReleaseNoticeConfiguration.get().getNotices();
            assertThat(kept).singleElement().satisfies(each -> {
                assertThat(each.getTenant()).isEqualTo("retail");
                assertThat(each.getEvent()).isEqualTo("failed");
                assertThat(each.locale()).isEqualTo(java.util.Locale.TRADITIONAL_CHINESE);
            });
            assertThat(SheraConfiguration.get().root().resolve("release-news")).isNotNull();
            assertThat(ExtensionList.lookup(ReleaseNotifier.class)).isNotEmpty();
        });
    }
}
