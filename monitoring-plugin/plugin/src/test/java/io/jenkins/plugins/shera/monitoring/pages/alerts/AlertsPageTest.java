package io.jenkins.plugins.shera.monitoring.pages.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.cli.CLICommand;
import hudson.model.User;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.PrometheusRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Thresholds and alerts of two tenants by page, REST and command, with a real Prometheus. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class AlertsPageTest {

    private static final String ALERTS = "shera/tenant/retail/application/shop/alerts/";
    private static final String THREADS =
            "{\"environment\": \"dev\", \"thresholds\": [{\"metric\": \"threads\", \"warning\": \"300\", \"for\": \"0\"}]}";
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

    private boolean holds(String tenant, String text) throws Exception {
        Path file = prometheus.rules().resolve("current/" + tenant + ".yml");
        return Files.exists(file) && Files.readString(file).contains(text);
    }

    private static JsonNode read(JenkinsRule rule, String user, String path) throws Exception {
        HttpResponse<String> answer = TwoTenants.get(rule, user, ALERTS + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String command(String name, String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
        CLICommand command = CLICommand.clone(name);
        command.setTransportAuth2(User.getById("operator", true).impersonate2());
        int code = command.main(List.of(words), Locale.ENGLISH, new ByteArrayInputStream(new byte[0]), to, to);
        return code + "\n" + said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aProgramPlansSetsAndReadsWhatFires(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);

        HttpResponse<String> plan = TwoTenants.post(rule, "operator", ALERTS + "plan", THREADS);
        assertThat(plan.body()).contains("+ shop/dev threads warning: 300 for 0s");
        assertThat(holds("retail", "SheraThreads")).as("a plan changes nothing").isFalse();

        HttpResponse<String> set = TwoTenants.post(rule, "operator", ALERTS + "set", THREADS);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(holds("retail", "SheraThreads")).isTrue();
        HttpResponse<String> stale = TwoTenants.post(
                rule, "operator", ALERTS + "set", "{\"environment\": \"dev\", \"version\": 0, \"thresholds\": []}");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(holds("retail", "SheraThreads")).isTrue();

        prometheus.serve("container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 301\n"
                + "container_threads{namespace=\"bank\",pod=\"shop-9z-secret\",container=\"shop\"} 301\n");
        TwoTenants.post(rule, "banker", ALERTS.replace("retail", "bank") + "set", THREADS);
        await().atMost(PATIENCE).until(() -> prometheus.client().alerts().size() == 2);
        JsonNode active = read(rule, "viewer", "active").path("alerts");
        assertThat(active).hasSize(1);
        assertThat(active.at("/0/pod").asText()).isEqualTo("shop-1a-b2");
        assertThat(active.at("/0/state").asText()).isEqualTo("firing");
        assertThat(active.toString()).doesNotContain("bank").doesNotContain("secret");
        assertThat(command("shera-alerts", "retail"))
                .startsWith("0\nfiring\twarning\tshop\tdev\tthreads\tshop-1a-b2\t")
                .doesNotContain("secret");

        JsonNode thresholds = read(rule, "viewer", "thresholds?environment=dev");
        assertThat(thresholds.path("rules").asText()).isEqualTo("inForce");
        JsonNode own = thresholds.at("/thresholds/1");
        assertThat(own.path("metric").asText()).isEqualTo("threads");
        assertThat(own.path("series").asText()).isEqualTo("container_threads");
        assertThat(own.path("own").asBoolean()).isTrue();
        assertThat(own.at("/floor/least").asText())
                .as("scrape and evaluation of a second each; nobody is told")
                .isEqualTo("2s");
        assertThat(own.at("/floor/wait").asText()).isEmpty();
        assertThat(thresholds.at("/thresholds/0/level").asText()).isEqualTo("platform");
        assertThat(Timelines.get()
                        .of(SheraConfiguration.get().application("retail", "shop"))
                        .page(Long.MAX_VALUE, 10, TimelineEntry.Kind.ALERT)
                        .entries())
                .anySatisfy(entry -> assertThat(entry.actor()).isEqualTo("operator"));
    }

    @Test
    void refusesStrangersAndBadValues(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);

        for (String verb : List.of("plan", "set", "bring")) {
            assertThat(TwoTenants.post(rule, "viewer", ALERTS + verb, THREADS).statusCode())
                    .as(verb)
                    .isEqualTo(403);
            assertThat(TwoTenants.post(rule, "banker", ALERTS + verb, THREADS).statusCode())
                    .as(verb)
                    .isIn(403, 404);
        }
        for (String path : List.of("", "active", "thresholds", "api/json")) {
            assertThat(TwoTenants.get(rule, "banker", ALERTS + path).statusCode())
                    .as(path)
                    .isIn(403, 404);
        }
        HttpResponse<String> bad =
                TwoTenants.post(rule, "operator", ALERTS + "set", THREADS.replace("\"300\"", "\"many\""));
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(bad.body()).path("where").asText()).isEqualTo("thresholds[0].warning");
        assertThat(TwoTenants.post(rule, "operator", ALERTS + "set", THREADS.replace("dev", "prod"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(TwoTenants.get(rule, "viewer", ALERTS + "thresholds?environment=x")
                        .statusCode())
                .isEqualTo(422);
        assertThat(command("shera-set-threshold", "retail", "shop", "threads"))
                .contains("neither warning nor critical");
        assertThat(command("shera-set-threshold", "nobody", "shop", "threads")).startsWith("1\n");
    }

    @Test
    void rulesFollowThePlatformAndGoWithTheirApplication(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        await().atMost(PATIENCE).until(() -> holds("retail", "> 3") && holds("bank", "> 3"));

        TwoTenants.everyone("restarts", "7");
        await().atMost(PATIENCE).until(() -> holds("retail", "> 7") && holds("bank", "> 7"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Timelines.get()
                        .of(SheraConfiguration.get().application("bank", "shop"))
                        .page(Long.MAX_VALUE, 10, TimelineEntry.Kind.ALERT)
                        .entries())
                .anySatisfy(entry -> assertThat(entry.detail()).contains("restarts warning: 3 for 300s -> 7")));

        assertThat(command("shera-set-threshold", "retail", "shop", "threads", "-warning", "300"))
                .contains("+ shop/dev threads warning: 300 for 300s\nversion 1\n");
        assertThat(command("shera-thresholds", "retail", "shop", "dev"))
                .contains("version 1\tmain\tinForce\n")
                .contains("threads\t300\t-\t5m\tapplication\tcontainer_threads\n");
        assertThat(command("shera-set-threshold", "retail", "shop", "threads", "-inherit"))
                .contains("- shop/dev threads");

        new Administration(SheraConfiguration.get()).removeApplication("retail", "shop", OptionalLong.empty());
        await().atMost(PATIENCE).until(() -> !holds("retail", "alert"));
        new Administration(SheraConfiguration.get()).removeTenant("retail", OptionalLong.empty());
        assertThat(holds("bank", "> 7")).isTrue();
    }

    @Test
    void aTenantWhoseFileCannotBeReadKeepsItsRules(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        await().atMost(PATIENCE).until(() -> holds("retail", "> 3") && holds("bank", "> 3"));
        Path file = SheraConfiguration.get().root().resolve("tenants/retail/applications/shop/application.xml");
        String whole = Files.readString(file);
        Files.writeString(file, "<broken");
        SheraConfiguration.get().load();

        TwoTenants.everyone("restarts", "7");

        await().atMost(PATIENCE).until(() -> holds("bank", "> 7"));
        assertThat(holds("retail", "> 3")).isTrue();
        Files.writeString(file, whole);
        SheraConfiguration.get().load();
        TwoTenants.everyone("restarts", "8");
        await().atMost(PATIENCE).until(() -> holds("retail", "> 8") && holds("bank", "> 8"));
    }

    @Test
    void whatPrometheusLostIsSaidAndBroughtBack(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        // What follows the platform's thresholds by itself has done so, and does not repair what is broken here.
        await().atMost(PATIENCE).until(() -> holds("retail", "> 3") && holds("bank", "> 3"));
        TwoTenants.post(rule, "operator", ALERTS + "set", THREADS);
        Path file = prometheus.rules().resolve("current/retail.yml");
        Files.delete(file);
        prometheus.client().reload();

        assertThat(read(rule, "viewer", "thresholds?environment=dev")
                        .path("rules")
                        .asText())
                .isEqualTo("different");
        HttpResponse<String> brought = TwoTenants.post(rule, "operator", ALERTS + "bring", "{}");
        assertThat(brought.body()).contains("+ shop/dev threads warning: 300 for 0s");
        assertThat(read(rule, "viewer", "thresholds?environment=dev")
                        .path("rules")
                        .asText())
                .isEqualTo("inForce");
        prometheus.close();
        assertThat(read(rule, "viewer", "thresholds?environment=dev")
                        .path("rules")
                        .asText())
                .isEqualTo("unreachable");
        assertThat(read(rule, "viewer", "active").path("unreachable").get(0).asText())
                .isEqualTo("main");
    }

    @Test
    void aPersonChangesAThresholdInPlaceAndSeesItFire(JenkinsRule rule, Page page) throws Exception {
        TwoTenants.of(rule, prometheus);
        prometheus.serve(
                "container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 301\n"
                        + "container_memory_working_set_bytes{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 4e8\n");
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "operator", "operator");
        page.open(rule.getURL() + ALERTS).see("tr[data-key=restarts]", "platform");
        page.see(".jenkins-card", "Nothing is beyond its threshold");
        page.type("tr[data-key=threads] td:nth-child(2) input", "300");
        page.type("tr[data-key=threads] td:nth-child(4) input", "0");
        page.see("tr[data-key=threads]", "set here");
        page.click(".jenkins-buttons-row .jenkins-button--primary");
        page.see(".shera-code", "+ shop/dev threads warning: 300 for 0s").photograph("alerts-plan");
        page.click(".shera-stack .jenkins-buttons-row .jenkins-button--primary:focus");
        page.see(".shera-pill--ok", "in force on main");
        page.see("tr[data-key=threads]", "container_threads");
        page.see("tr[data-key=threads]", "fires after 2s at least");
        page.see("td", "threads is 301, above 300").photograph("alerts-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").open(rule.getURL() + ALERTS).see("td", "threads is 301, above 300");
        page.photograph("alerts-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN").open(rule.getURL() + ALERTS).see("td", "threads is 301, above 300");
        page.photograph("alerts-zh");
        page.width(420).photograph("alerts-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.assertClean();
    }

    @Test
    void whatAnAlertSaysIsTextAndNothingElse(JenkinsRule rule, Page page) throws Exception {
        TwoTenants.of(rule, prometheus);
        await().atMost(PATIENCE).until(() -> holds("retail", "> 3"));
        String hostile = "<img src=x onerror=document.title=1>";
        AlertRule rude = new AlertRule(
                "Rude",
                "vector(1)",
                Duration.ZERO,
                Map.of(
                        "tenant",
                        "retail",
                        "application",
                        "shop",
                        "environment",
                        hostile + "e",
                        "pod",
                        hostile + "p",
                        "metric",
                        hostile + "m",
                        "severity",
                        hostile + "s"),
                Map.of("summary", hostile + "summary", "description", hostile + "description"));
        new PrometheusRules(prometheus.rules(), RealPrometheus.promtool(), prometheus.client())
                .push(new RuleFile("retail", List.of(rude)));
        await().atMost(PATIENCE)
                .until(() -> !read(rule, "viewer", "active").path("alerts").isEmpty());

        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "operator", "operator");
        page.open(rule.getURL() + ALERTS).see("td", hostile + "summary");
        page.until(
                "nothing of it became part of the page",
                "document.querySelector('#shera-page img, #shera-page script') === null && document.title !== '1'");
        page.assertClean();
    }
}
