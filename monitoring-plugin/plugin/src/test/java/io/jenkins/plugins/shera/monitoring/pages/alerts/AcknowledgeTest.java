package io.jenkins.plugins.shera.monitoring.pages.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Somebody looks after an alert of a real Prometheus, and the others see it, and what to do about it. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class AcknowledgeTest {

    private static final String ALERTS = "shera/tenant/retail/application/shop/alerts/";
    private static final String SERIES = "container_threads{namespace=\"retail\",pod=\"%s\",container=\"shop\"} %d\n";
    private static final String RUNBOOK = "https://wiki.example.com/threads?a=1";
    private static final String SET = "{\"environment\": \"dev\", \"thresholds\": [{\"metric\": \"threads\","
            + " \"warning\": \"300\", \"for\": \"0\", \"runbookUrl\": \"%s\"}]}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private RealPrometheus prometheus;

    @BeforeEach
    void start() throws Exception {
        prometheus = RealPrometheus.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    private void fire(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        TwoTenants.post(rule, "operator", ALERTS + "set", SET.formatted(RUNBOOK));
        prometheus.serve(SERIES.formatted("shop-1a-b2", 301));
        await().atMost(PATIENCE).until(() -> active(rule).size() == 1);
    }

    private static JsonNode active(JenkinsRule rule) throws Exception {
        return JSON.readTree(TwoTenants.get(rule, "viewer", ALERTS + "active").body())
                .path("alerts");
    }

    private static HttpResponse<String> acknowledge(JenkinsRule rule, String user, String fingerprint, String note)
            throws Exception {
        return TwoTenants.post(
                rule,
                user,
                ALERTS + "acknowledge",
                JSON.createObjectNode()
                        .put("fingerprint", fingerprint)
                        .put("note", note)
                        .toString());
    }

    @Test
    void isKeptForTheAlertUntilItEndsAndToldOnTheTimeline(JenkinsRule rule) throws Exception {
        fire(rule);
        String fingerprint = active(rule).at("/0/fingerprint").asText();
        assertThat(active(rule).get(0).has("acknowledged")).isFalse();

        assertThat(acknowledge(rule, "viewer", fingerprint, "").statusCode()).isEqualTo(403);
        assertThat(acknowledge(rule, "banker", fingerprint, "").statusCode()).isIn(403, 404);
        assertThat(acknowledge(rule, "operator", "0123456789abcdef", "").statusCode())
                .isEqualTo(422);
        assertThat(acknowledge(rule, "operator", fingerprint, "x".repeat(501)).statusCode())
                .isEqualTo(422);
        assertThat(active(rule).get(0).has("acknowledged")).isFalse();

        HttpResponse<String> done = acknowledge(rule, "operator", fingerprint, "I restart\nit <b>");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        JsonNode kept = active(rule).at("/0/acknowledged");
        assertThat(kept.path("by").asText()).isEqualTo("operator");
        assertThat(kept.path("note").asText()).isEqualTo("I restart it <b>");
        TimelineEntry entry = Timelines.get()
                .of(SheraConfiguration.get().application("retail", "shop"))
                .page(Long.MAX_VALUE, 1, TimelineEntry.Kind.ALERT)
                .entries()
                .get(0);
        assertThat(entry.title()).isEqualTo("threads acknowledged (warning)");
        assertThat(entry.actor() + entry.environment() + entry.detail()).isEqualTo("operatordevI restart it <b>");

        prometheus.serve(SERIES.formatted("shop-1a-b2", 1));
        await().atMost(PATIENCE).until(() -> active(rule).isEmpty());
        prometheus.serve(SERIES.formatted("shop-1a-b2", 302));
        await().atMost(PATIENCE).until(() -> active(rule).size() == 1);
        assertThat(active(rule).at("/0/fingerprint").asText()).isEqualTo(fingerprint);
        assertThat(active(rule).get(0).has("acknowledged"))
                .as("it ended, and this is another one")
                .isFalse();
    }

    @Test
    void theRunbookStandsBesideTheAlertAndNothingElseMayStandThere(JenkinsRule rule) throws Exception {
        fire(rule);
        assertThat(active(rule).at("/0/runbook").asText()).isEqualTo(RUNBOOK);
        JsonNode kept = JSON.readTree(TwoTenants.get(rule, "viewer", ALERTS + "thresholds?environment=dev")
                .body());
        assertThat(kept.findValuesAsText("runbookUrl")).contains(RUNBOOK);

        HttpResponse<String> bad =
                TwoTenants.post(rule, "operator", ALERTS + "set", SET.formatted("javascript:alert(1)"));
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(bad.body()).path("where").asText()).isEqualTo("thresholds[0].runbookUrl");
        HttpResponse<String> plan =
                TwoTenants.post(rule, "operator", ALERTS + "plan", SET.formatted("https://wiki.example.com/new"));
        assertThat(plan.body())
                .contains("~ shop/dev threads warning: 300 for 0s, runbook " + RUNBOOK
                        + " -> 300 for 0s, runbook https://wiki.example.com/new");
    }

    @Test
    void theHistoryTellsWhatHappenedNewestFirstAndOlderOnDemand(JenkinsRule rule, Page page) throws Exception {
        TwoTenants.of(rule, prometheus);
        Application shop = SheraConfiguration.get().application("retail", "shop");
        // The platform's threshold comes into force by itself, and says so first.
        await().atMost(PATIENCE).until(() -> !Timelines.get()
                .of(shop)
                .page(Long.MAX_VALUE, 1, TimelineEntry.Kind.ALERT)
                .entries()
                .isEmpty());
        for (int i = 1; i <= 45; i++) {
            Timelines.get()
                    .append(
                            shop,
                            TimelineEntry.now(
                                    TimelineEntry.Kind.ALERT, "Alert <b>" + i, "d" + i, "Alertmanager", "dev"));
            Timelines.get().append(shop, TimelineEntry.now(TimelineEntry.Kind.PUSH, "Push " + i, "", "ann", "dev"));
        }
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "viewer", "viewer");
        page.open(rule.getURL() + ALERTS).see(".shera-timeline li:first-child", "Alert <b>45");
        page.until("a page of them", "document.querySelectorAll('.shera-timeline li').length === 20");
        page.until(
                "nothing but alerts, and text alone",
                "!document.querySelector('.shera-timeline').textContent.includes('Push')"
                        + " && document.querySelector('.shera-timeline__title b') === null");
        page.photograph("alerts-history");
        page.click(".shera-timeline + div button");
        page.until("two pages", "document.querySelectorAll('.shera-timeline li').length === 40");
        page.click(".shera-timeline + div button");
        page.until("all of them", "document.querySelectorAll('.shera-timeline li').length === 46");
        page.until("no more", "document.querySelector('.shera-timeline + div button') === null");
        page.see(".shera-timeline li:last-child", "Thresholds changed");
        page.assertAccessible("#shera-page");
        page.assertClean();
    }

    @Test
    void aPersonAcknowledgesOnThePage(JenkinsRule rule, Page page) throws Exception {
        fire(rule);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "operator", "operator");
        page.open(rule.getURL() + ALERTS).see("td", "threads is 301, above 300");
        page.until(
                "the runbook is linked",
                "document.querySelector('td a[href=\"" + RUNBOOK + "\"]').textContent === 'Runbook'");
        page.click("td .jenkins-button--tertiary");
        page.see("dialog", "until the alert ends");
        page.type("dialog textarea", "I look after it <i>");
        page.photograph("acknowledge-dialog");
        page.click("dialog button[type=submit]");
        page.see("td", "by operator").see("td", "I look after it <i>").photograph("acknowledged-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "zh-CN").open(rule.getURL() + ALERTS).see("td", "I look after it <i>");
        page.photograph("acknowledged-dark-zh");
        page.assertAccessible("#shera-page");
        page.assertClean();
    }
}
