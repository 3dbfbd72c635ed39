package io.jenkins.plugins.shera.monitoring.pages.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Charts of two tenants whose applications have the same name, from one real Prometheus. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ChartsPageTest {

    private static final String CHARTS = "shera/tenant/retail/application/shop/charts/";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path folder;

    /** One for all tests, which change nothing in it: two points of a line are some seconds apart. */
    private static RealPrometheus prometheus;

    @BeforeAll
    static void start() throws Exception {
        prometheus = RealPrometheus.start(folder);
        StringBuilder metrics = new StringBuilder();
        for (String pod : List.of("shop-1a-b2", "shop-1a-c3", "shop-canary-9z-x1")) {
            String of = "{namespace=\"retail\",pod=\"" + pod + "\",container=\"shop\"} ";
            metrics.append("container_threads")
                    .append(of)
                    .append(300 + pod.length())
                    .append('\n');
            metrics.append("container_memory_working_set_bytes")
                    .append(of)
                    .append(4e8 + 1e7 * pod.length())
                    .append('\n');
            metrics.append("container_sockets")
                    .append(of)
                    .append(20 + pod.length())
                    .append('\n');
        }
        metrics.append("container_threads{namespace=\"bank\",pod=\"shop-7s-secret\",container=\"shop\"} 31337\n");
        metrics.append("container_threads{namespace=\"retail\",pod=\"till-7s-other\",container=\"till\"} 4242\n");
        metrics.append("hostile{namespace=\"retail\",pod=\"<img src=x onerror=document.title=1>\"} 1\n");
        prometheus.serve(metrics.toString());
    }

    @AfterAll
    static void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    /** As if Prometheus were gone. */
    private static void away() throws Exception {
        PrometheusServer nobody = new PrometheusServer("main", "http://127.0.0.1:" + RealPrometheus.freePort());
        nobody.setClusters("east");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setPrometheusServers(List.of(nobody));
        }
    }

    private static String series(String query) {
        return CHARTS + "series?" + query;
    }

    private JsonNode threads(JenkinsRule rule) throws Exception {
        HttpResponse<String> answer = TwoTenants.get(rule, "viewer", series("environment=dev&metrics=threads"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void givesEachPodOfThisApplicationAndNothingElse(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        TwoTenants.post(
                rule,
                "operator",
                "shera/tenant/retail/application/shop/alerts/set",
                "{\"thresholds\": [{\"metric\": \"threads\", \"warning\": \"350\"}]}");
        await().atMost(PATIENCE).until(() -> threads(rule).at("/charts/0/lines").size() == 3);

        JsonNode chart = threads(rule).at("/charts/0");
        assertThat(chart.path("series").asText()).isEqualTo("container_threads");
        assertThat(chart.path("warning").asDouble()).isEqualTo(350);
        assertThat(chart.at("/lines/0/pod").asText()).isEqualTo("shop-1a-b2");
        assertThat(chart.at("/lines/0/points/0/1").asDouble()).isEqualTo(310);
        assertThat(threads(rule).toString())
                .doesNotContain("secret")
                .doesNotContainPattern("[^0-9.]31337")
                .doesNotContain("till")
                .doesNotContainPattern("[^0-9.]4242");
    }

    @Test
    void noQueryReachesAnotherTenant(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        await().atMost(PATIENCE).until(() -> threads(rule).at("/charts/0/lines").size() == 3);
        List<String> hostile = List.of(
                "threads\"} or container_threads{namespace=\"bank",
                "container_threads{namespace=\"bank\"}",
                "threads,__name__",
                "{__name__=~\".+\"}",
                "threads) or vector(1",
                "threads#",
                "threads offset 1m",
                "\u201cthreads\u201d",
                "threads;threads",
                "threads\n[5m]");
        for (String metric : hostile) {
            String query = "environment=dev&metrics=" + URLEncoder.encode(metric, StandardCharsets.UTF_8);
            HttpResponse<String> answer = TwoTenants.get(rule, "viewer", series(query));
            assertThat(answer.statusCode()).as(metric).isEqualTo(422);
            assertThat(answer.body()).as(metric).doesNotContain("secret").doesNotContainPattern("[^0-9.]31337");
        }
        for (String query : List.of(
                "environment=bank",
                "environment=dev%22%7D",
                "metrics=threads",
                "environment=dev&since=now()-1h",
                "environment=dev&since=2020-01-01T00:00:00Z&until=2026-01-01T00:00:00Z",
                "environment=dev&since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z",
                "environment=dev&since=-999999999-01-01T00:00:00Z",
                "environment=dev&metrics=threads&environment=bank&namespace=bank&query=up&match%5B%5D=up")) {
            HttpResponse<String> answer = TwoTenants.get(rule, "viewer", series(query));
            assertThat(answer.statusCode()).as(query + answer.body()).isIn(200, 422);
            assertThat(answer.body()).as(query).doesNotContain("secret").doesNotContainPattern("[^0-9.]31337");
        }
        for (String path : List.of("", "api/json", "series?environment=dev")) {
            assertThat(TwoTenants.get(rule, "banker", CHARTS + path).statusCode())
                    .as(path)
                    .isIn(403, 404);
        }
        away();
        HttpResponse<String> gone = TwoTenants.get(rule, "viewer", series("environment=dev"));
        assertThat(gone.statusCode()).isEqualTo(502);
        assertThat(gone.body()).doesNotContain("127.0.0.1");
    }

    private static String ask(String query) throws Exception {
        return new ObjectMapper()
                .createObjectNode()
                .put("environment", "dev")
                .put("query", query)
                .toString();
    }

    private static String query(String query) {
        return CHARTS + "query?environment=dev&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    @Test
    void whoMayWritesPromqlThatStaysInTheNamespace(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        await().atMost(PATIENCE).until(() -> TwoTenants.get(rule, "operator", query("container_threads"))
                .body()
                .contains("till-7s-other"));
        for (String text : List.of(
                "container_threads",
                "{__name__=~'.+'}",
                "container_threads{namespace='bank'} or container_threads",
                "sum by (namespace, pod) (container_threads{namespace!=''})",
                "max_over_time(container_threads[5m:1s])")) {
            HttpResponse<String> get = TwoTenants.get(rule, "operator", query(text));
            HttpResponse<String> post = TwoTenants.post(rule, "operator", CHARTS + "ask", ask(text));
            for (HttpResponse<String> answer : List.of(get, post)) {
                assertThat(answer.statusCode()).as(text + answer.body()).isEqualTo(200);
                assertThat(answer.body())
                        .as(text)
                        .contains("shop-1a-b2")
                        .doesNotContain("secret")
                        .doesNotContainPattern("[^0-9.]31337");
            }
        }
        HttpResponse<String> bad = TwoTenants.post(rule, "operator", CHARTS + "ask", ask("info(up)"));
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("no such function");
        HttpResponse<String> type = TwoTenants.post(rule, "operator", CHARTS + "ask", ask("rate(container_threads)"));
        assertThat(type.statusCode()).isEqualTo(422);
        assertThat(type.body()).contains("range vector").doesNotContain("127.0.0.1");
        assertThat(TwoTenants.post(rule, "operator", CHARTS + "ask?query=up", ask("up"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(TwoTenants.get(rule, "operator", query("up") + "&query=down").statusCode())
                .isEqualTo(422);
        assertThat(TwoTenants.post(rule, "operator", CHARTS + "ask", ask("up").replace("dev", "bank"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(TwoTenants.get(rule, "viewer", query("up")).statusCode()).isEqualTo(403);
        assertThat(TwoTenants.post(rule, "viewer", CHARTS + "ask", ask("up")).statusCode())
                .isEqualTo(403);
        assertThat(TwoTenants.get(rule, "banker", query("up")).statusCode()).isIn(403, 404);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            PrometheusServer wide =
                    new PrometheusServer("main", prometheus.url().toString());
            wide.setClusters("east west");
            MonitoringConfiguration.get().setPrometheusServers(List.of(wide));
            List<Tenant> tenants = SheraConfiguration.get().getTenants();
            tenants.stream()
                    .filter(each -> each.getId().equals("bank"))
                    .forEach(each -> each.setNamespaces(List.of(new TenantNamespace("west", "retail"))));
            assertThat(TwoTenants.get(rule, "operator", query("up")).body())
                    .contains("another tenant has a namespace of this name");
            tenants.stream()
                    .filter(each -> each.getId().equals("bank"))
                    .forEach(each -> each.setNamespaces(List.of(new TenantNamespace("east", "bank"))));
        }
        away();
        HttpResponse<String> gone = TwoTenants.get(rule, "operator", query("up"));
        assertThat(gone.statusCode()).isEqualTo(502);
        assertThat(gone.body()).doesNotContain("127.0.0.1");
    }

    @Test
    void aPersonWhoMayAsksAndAViewerSeesNoBox(JenkinsRule rule, Page page) throws Exception {
        TwoTenants.of(rule, prometheus);
        await().atMost(PATIENCE)
                .until(() -> threads(rule).at("/charts/0/lines/0/points").size() >= 2);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "operator", "operator");
        page.open(rule.getURL() + CHARTS).see("figure[data-metric=threads] .shera-chart__key", "shop-1a-b2");
        page.until(
                "the choices stand in one row, with room for Jenkins' arrow of 13 + 10 pixels",
                "[...document.querySelectorAll('.jenkins-select')].every((e) => e.offsetWidth < 300"
                        + " && parseFloat(getComputedStyle(e.firstElementChild).paddingRight) >= 27)");
        page.type("textarea[aria-label=Query]", "sum by (pod) (container_threads)");
        page.click(".jenkins-card form button[type=submit]");
        page.see(".jenkins-card form + div .shera-chart__key", "{pod=till-7s-other}");
        page.see(".shera-code", "sum by (pod) (container_threads{namespace=\"retail\"})");
        page.photograph("charts-promql-light");
        page.assertAccessible("#shera-page");
        page.type("textarea[aria-label=Query]", "hostile");
        page.click(".jenkins-card form button[type=submit]");
        page.see(".jenkins-card form + div .shera-chart__key", "document.title=1>}");
        page.until("a label is text and nothing else", "document.querySelector('#shera-page img') === null");
        page.type("textarea[aria-label=Query]", "sum(");
        page.click(".jenkins-card form button[type=submit]");
        page.see(".jenkins-card form + div", "The query was not answered.")
                .see(".jenkins-card form + div", "the query ends here")
                .photograph("charts-promql-refused");
        page.takeFindings();
        page.assertClean();
    }

    @Test
    void whatNobodyWatchesIsSaidCalmly(JenkinsRule rule, Page page) throws Exception {
        TwoTenants.of(rule, prometheus);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setPrometheusServers(List.of());
        }
        assertThat(TwoTenants.get(rule, "viewer", series("environment=dev")).statusCode())
                .isEqualTo(422);
        page.signIn(rule.getURL().toString(), "viewer", "viewer");
        page.open(rule.getURL() + CHARTS).see("#shera-page", "No Prometheus watches this environment");
        page.open(rule.getURL() + CHARTS.replace("charts", "alerts")).see("#shera-page", "no Prometheus");
        page.assertClean();
    }

    @Test
    void aPersonLooksComparesAndLeavesALineOut(JenkinsRule rule, Page page) throws Exception {
        TwoTenants.of(rule, prometheus);
        TwoTenants.post(
                rule,
                "operator",
                "shera/tenant/retail/application/shop/alerts/set",
                "{\"thresholds\": [{\"metric\": \"threads\", \"warning\": \"350\", \"critical\": \"400\"}]}");
        Timelines.get()
                .append(
                        SheraConfiguration.get().application("retail", "shop"),
                        TimelineEntry.now(TimelineEntry.Kind.RELEASE, "Release 7", "", "operator", "dev"));
        await().atMost(PATIENCE)
                .until(() -> threads(rule).at("/charts/0/lines/0/points").size() >= 2);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "viewer", "viewer");
        page.open(rule.getURL() + CHARTS).see("figure[data-metric=threads] .shera-chart__key", "shop-1a-b2");
        page.see(".jenkins-card", "Not measured");
        page.until("a viewer sees no box for queries", "document.querySelector('textarea') === null");
        page.until("the release is marked", "document.querySelectorAll('.shera-chart__mark--release').length >= 1");
        page.click("figure[data-metric=threads] .shera-chart__key");
        page.until(
                "the line is left out",
                "document.querySelector('figure[data-metric=threads] path.shera-chart__line[visibility=hidden]') !== null");
        page.click("figure[data-metric=threads] summary").see("figure[data-metric=threads] td", "310");
        page.photograph("charts-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").open(rule.getURL() + CHARTS).see("figure[data-metric=threads] .shera-chart__key");
        page.photograph("charts-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN")
                .open(rule.getURL() + CHARTS)
                .see("figure[data-metric=threads] .shera-chart__key");
        page.photograph("charts-zh");
        page.width(420).photograph("charts-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.assertClean();
    }
}
