package io.jenkins.plugins.shera.monitoring.pages.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdDesk;
import io.jenkins.plugins.shera.monitoring.preview.Past;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
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

/** What thresholds of two tenants would have done in a week that a real Prometheus has measured. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class PreviewPageTest {

    private static final String ALERTS = "shera/tenant/retail/application/shop/alerts/";
    private static final String SHOP = "container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"}";

    @TempDir
    Path folder;

    private RealPrometheus prometheus;

    @BeforeEach
    void start() throws Exception {
        prometheus = RealPrometheus.backfilled(
                folder,
                new Past(Past.now())
                        .with(SHOP, "200")
                        .with(
                                "container_threads{namespace=\"bank\",pod=\"shop-9z-secret\",container=\"shop\"}",
                                "31337")
                        .but(SHOP, Duration.ofDays(3), 200, "350")
                        .but(SHOP, Duration.ofDays(1), 90, "420")
                        .but(SHOP, Duration.ofDays(2), 3, "350")
                        .but(SHOP, Duration.ofDays(5), 600, "")
                        .but(SHOP, Duration.ofDays(4), 300, "NaN")
                        .text());
        prometheus.serve(SHOP + " 200\n");
    }

    @AfterEach
    void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    private static String body(String more) {
        return "{" + more + "\"environment\": \"dev\", \"thresholds\": [{\"metric\": \"threads\", \"warning\": \"300\","
                + " \"critical\": \"400\", \"for\": \"5m\"}]}";
    }

    @Test
    void aProgramSeesWhatWouldHaveFiredAndNothingChanges(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        long version = ThresholdDesk.book("retail").version();

        HttpResponse<String> answer = TwoTenants.post(rule, "operator", ALERTS + "preview", body(""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode preview = new ObjectMapper().readTree(answer.body()).at("/previews/0");
        assertThat(preview.path("environment").asText()).isEqualTo("dev");
        assertThat(preview.path("series").asText()).isEqualTo("container_threads");
        assertThat(preview.at("/outcomes/0/times").asInt()).isEqualTo(2);
        assertThat(preview.at("/outcomes/0/shorter").asInt()).isEqualTo(1);
        assertThat(preview.at("/outcomes/0/seconds").asInt()).isEqualTo((195 + 85) * 60);
        assertThat(preview.at("/outcomes/1/firings/0/worst").asInt()).isEqualTo(420);
        assertThat(preview.path("unreadable")).hasSize(1);
        assertThat(preview.path("missing").toString()).isNotEqualTo("[]");
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("31337");
        assertThat(ThresholdDesk.book("retail").version()).isEqualTo(version);

        String everywhere = body("\"days\": 1, ").replace("\"dev\"", "\"\"");
        JsonNode all = new ObjectMapper()
                .readTree(TwoTenants.post(rule, "operator", ALERTS + "preview", everywhere)
                        .body());
        assertThat(all.path("previews")).hasSize(1);
        assertThat(all.at("/previews/0/step").asInt()).isEqualTo(15);
    }

    @Test
    void refusesStrangersAndWhatCannotBeLookedAt(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);

        assertThat(TwoTenants.post(rule, "viewer", ALERTS + "preview", body("")).statusCode())
                .isEqualTo(403);
        assertThat(TwoTenants.post(rule, "banker", ALERTS + "preview", body("")).statusCode())
                .isIn(403, 404);
        assertThat(TwoTenants.get(rule, "operator", ALERTS + "preview").statusCode())
                .isIn(404, 405);
        for (String bad : new String[] {
            body("\"days\": 8, "),
            body("\"days\": 0, "),
            body("").replace("dev", "prod"),
            "{\"environment\": \"dev\", \"thresholds\": []}",
            "{\"environment\": \"dev\", \"thresholds\": [{\"metric\": \"threads\", \"off\": true}]}",
            body("").replace("threads", "threads} or up{"),
            body("").replace("300", "many")
        }) {
            HttpResponse<String> answer = TwoTenants.post(rule, "operator", ALERTS + "preview", bad);
            assertThat(answer.statusCode()).as(bad + answer.body()).isEqualTo(422);
        }
        prometheus.close();
        HttpResponse<String> gone = TwoTenants.post(rule, "operator", ALERTS + "preview", body(""));
        assertThat(gone.statusCode()).isEqualTo(502);
        assertThat(gone.body()).contains("does not answer").contains("nothing was changed");
    }

    @Test
    void aPersonSeesOnTheChartWhereItWouldHaveFired(JenkinsRule rule, Page page) throws Exception {
        TwoTenants.of(rule, prometheus);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "operator", "operator");
        look(rule, page);
        page.see(".shera-pill--warn", "warning at 300 for 5m: would have fired 2 times, 4h40m in all");
        page.see(".shera-lookback__said", "Once more beyond it, but for less than 5m.");
        page.see(".shera-pill--bad", "critical at 400 for 5m: would have fired once, for 1h25m");
        page.see(".shera-remark, .jenkins-alert", "No data for");
        page.until(
                "firings and gaps lie behind the line",
                "['warning', 'critical', 'missing', 'unreadable'].every((kind) =>"
                        + " document.querySelector('.shera-chart__band--' + kind) !== null)");
        page.click(".shera-charts .shera-chart__table:nth-of-type(2) summary");
        page.photograph("preview-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en");
        look(rule, page);
        page.photograph("preview-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN");
        look(rule, page);
        page.photograph("preview-zh");
        page.width(420).photograph("preview-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.assertClean();
    }

    private static void look(JenkinsRule rule, Page page) throws Exception {
        page.open(rule.getURL() + ALERTS).see("tr[data-key=restarts]");
        page.type("tr[data-key=threads] td:nth-child(2) input", "300");
        page.type("tr[data-key=threads] td:nth-child(3) input", "400");
        page.click(".jenkins-buttons-row .jenkins-button:nth-child(2)");
        page.see(".shera-chart__band--critical");
    }
}
