package io.jenkins.plugins.shera.monitoring.pages.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.ExtensionList;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.config.MetricHistorySettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.history.RealInflux;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import io.jenkins.plugins.shera.platform.extension.MetricSeries;
import io.jenkins.plugins.shera.platform.extension.MetricSource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Charts that begin in a real InfluxDB and end in a real Prometheus, as readers, canaries and administrators meet them. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class MetricHistoryTest {

    private static final String CHARTS = "shera/tenant/retail/application/shop/charts/";
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    @TempDir
    Path folder;

    private static MetricHistorySettings settings(RealInflux influx) {
        MetricHistorySettings settings =
                new MetricHistorySettings("heapster", "east", influx.url().toString(), "k8s");
        settings.setRetentionPolicy("default");
        settings.setCredentialsId("influx");
        return settings;
    }

    private static void use(MetricHistorySettings... settings) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setMetricHistories(List.of(settings));
        }
    }

    private static void credential(String id, String password) throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(Jenkins.get())
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new UsernamePasswordCredentialsImpl(
                                    CredentialsScope.GLOBAL, id, "", RealInflux.READER, password));
        }
    }

    private static JsonNode charts(JenkinsRule rule, String query) throws Exception {
        HttpResponse<String> answer = TwoTenants.get(rule, "viewer", CHARTS + "series?environment=dev&" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .doesNotContainPattern("[^0-9.]31337")
                .doesNotContainPattern("[^0-9.]4242")
                .doesNotContain("secret")
                .doesNotContain("127.0.0.1")
                .doesNotContain(RealInflux.PASSWORD);
        return new ObjectMapper().readTree(answer.body());
    }

    private static List<MetricSeries> asCanary(String metric) throws IOException {
        MetricSource source = ExtensionList.lookup(MetricSource.class).stream()
                .filter(each -> each.name().equals("influxdb"))
                .findFirst()
                .orElseThrow();
        assertThat(source.isUsual()).isFalse();
        return source.range(
                new MetricSource.Scope("retail", "shop", "dev", "stable"),
                metric,
                NOW.minus(Duration.ofHours(4)),
                NOW.minus(Duration.ofHours(2)),
                Duration.ofMinutes(1));
    }

    private void fill(RealInflux influx) throws Exception {
        for (int minute = 60; minute < 360; minute++) {
            Instant at = NOW.minus(Duration.ofMinutes(minute));
            influx.heapster("memory/working_set", "retail", "shop-1a-b2", "shop", at, 300_000_000 + minute * 400_000L);
            influx.heapster("memory/working_set", "retail", "shop-0z-a1", "shop", at, 250_000_000);
            influx.heapster("memory/working_set", "retail", "till-1a-b2", "till", at, 4242);
            influx.heapster("memory/working_set", "bank", "shop-7s-secret", "shop", at, 31337);
        }
    }

    private static String lastHalfHour() {
        StringBuilder text = new StringBuilder("# TYPE container_memory_working_set_bytes gauge\n");
        for (long at = NOW.getEpochSecond() - 1800; at <= NOW.getEpochSecond(); at += 15) {
            text.append(
                            "container_memory_working_set_bytes{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 3.2e8 ")
                    .append(at)
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void aChartBeginsInTheHistoryAndSaysSo(JenkinsRule rule, Page page) throws Exception {
        try (RealInflux influx = RealInflux.start(Files.createDirectory(folder.resolve("influx")));
                RealPrometheus prometheus = RealPrometheus.backfilled(
                        Files.createDirectory(folder.resolve("prometheus")), lastHalfHour())) {
            fill(influx);
            TwoTenants.of(rule, prometheus);
            credential("influx", RealInflux.PASSWORD);
            credential("wrong", "no-password");
            use(settings(influx));
            String sixHours = "metrics=memory,threads&since=" + NOW.minus(Duration.ofHours(6));
            JsonNode joined = charts(rule, sixHours);
            double change = joined.at("/charts/0/past/until").asDouble();
            assertThat(joined.at("/charts/0/past/measurement").asText()).isEqualTo("memory/working_set");
            assertThat(change).isBetween(NOW.getEpochSecond() - 1800.0, NOW.getEpochSecond() - 1700.0);
            JsonNode points = joined.at("/charts/0/lines/1/points");
            assertThat(joined.at("/charts/0/lines").size()).isEqualTo(2);
            assertThat(points.path(0).path(1).asDouble()).isGreaterThan(4e8);
            assertThat(points.path(points.size() - 1).path(1).asDouble()).isEqualTo(3.2e8);
            points.forEach(each -> assertThat(each.path(0).asDouble())
                    .as("nothing is made up for the hour without a value")
                    .satisfiesAnyOf(
                            at -> assertThat(at).isLessThanOrEqualTo(NOW.getEpochSecond() - 3600.0),
                            at -> assertThat(at).isGreaterThanOrEqualTo(change)));
            assertThat(joined.at("/charts/1/lines").size()).isZero();
            assertThat(joined.path("history").asText()).isEqualTo("heapster");
            assertThat(joined.has("keptSince")).isFalse();
            assertThat(charts(rule, "metrics=memory&since=" + NOW.minus(Duration.ofDays(20)))
                            .path("keeps")
                            .asLong())
                    .isEqualTo(15 * 86_400);

            canariesAndSettings(rule, influx);
            look(rule, page);
            countingNeedsTheRight(rule);
            failures(rule, influx, sixHours);
        }
        assertThatThrownBy(() -> asCanary("memory")).isInstanceOf(IOException.class);
    }

    private static void canariesAndSettings(JenkinsRule rule, RealInflux influx) throws Exception {
        assertThat(asCanary("memory")).singleElement().satisfies(line -> assertThat(line.points())
                .hasSize(120)
                .allSatisfy(point -> assertThat(point.value()).isBetween(2.5e8, 4e8)));
        assertThat(asCanary("disk")).as("no data is no series, never a value").isEmpty();
        assertThatThrownBy(() -> asCanary("threads"))
                .hasMessageContaining("is not among what the history heapster has");
        MetricHistorySettings.DescriptorImpl descriptor =
                ExtensionList.lookupSingleton(MetricHistorySettings.DescriptorImpl.class);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            String url = influx.url().toString();
            FormValidation good = descriptor.doTest("heapster", "east", url, "k8s", "default", "", "", "influx", "");
            assertThat(good.kind).isEqualTo(FormValidation.Kind.OK);
            assertThat(good.getMessage()).contains("has memory.");
            assertThat(descriptor
                            .doTest("heapster", "east", url, "k8s", "", "", "cpu", "influx", "")
                            .getMessage())
                    .contains("In the line");
            assertThat(descriptor.doTest("heapster", "east", url, "k8s", "", "", "", "gone", "").kind)
                    .isEqualTo(FormValidation.Kind.ERROR);
            assertThat(ExtensionList.lookup(ConnectionKind.class).stream()
                            .filter(each -> each.id().equals("metricHistory"))
                            .findFirst()
                            .orElseThrow()
                            .connections()
                            .get(0)
                            .test()
                            .toString())
                    .contains("memory");
        }
        MetricHistorySettings second =
                new MetricHistorySettings("other", "west", influx.url().toString(), "k8s");
        assertThatThrownBy(() -> use(settings(influx), second)).hasMessageContaining("cluster_name=east");
        assertThatThrownBy(() -> use(new MetricHistorySettings("a", "b", "http://u:p@h", "k8s")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void look(JenkinsRule rule, Page page) throws Exception {
        String address = rule.getURL() + CHARTS + "?range=6h";
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "viewer", "viewer");
        page.open(address).see("figure[data-metric=memory] .shera-chart__key", "shop-0z-a1");
        page.see("figure[data-metric=memory] + .shera-chart__source", "memory/working_set of heapster (InfluxDB");
        page.until(
                "where the history ends is seen",
                "document.querySelector('figure[data-metric=memory] .shera-chart__band--past') !== null");
        page.photograph("charts-history-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").open(address).see("figure[data-metric=memory] .shera-chart__key", "shop-0z-a1");
        page.photograph("charts-history-dark");
        page.look(Theme.LIGHT, "zh-CN").open(rule.getURL() + CHARTS + "?range=30d&until=2024-05-01T12:00");
        page.see("#shera-page", "Prometheus \u4fdd\u7559 15 \u5929").photograph("charts-history-zh");
        page.width(420).photograph("charts-history-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.until("a viewer finds no button", "document.querySelector('.shera-count') === null");
        page.assertClean();
        page.width(1280).look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        page.open(rule.getURL() + CHARTS).see(".shera-count", "Count now");
        page.click(".shera-count .jenkins-button").see(".shera-count", "no credential for this cluster");
        page.photograph("charts-count-refused");
        page.takeFindings();
    }

    private static void countingNeedsTheRight(JenkinsRule rule) throws Exception {
        String dev = "{\"environment\": \"dev\"}";
        assertThat(TwoTenants.post(rule, "viewer", CHARTS + "count", dev).statusCode())
                .isEqualTo(403);
        HttpResponse<String> foreign = TwoTenants.post(rule, "admin", CHARTS + "count", "{\"environment\": \"bank\"}");
        assertThat(foreign.statusCode()).isEqualTo(422);
        HttpResponse<String> without = TwoTenants.post(rule, "admin", CHARTS + "count", dev);
        assertThat(without.statusCode()).as("the tenant's own login or none").isEqualTo(403);
        assertThat(without.body()).contains("no credential for this cluster").doesNotContain("127.0.0.1");
    }

    private static void failures(JenkinsRule rule, RealInflux influx, String sixHours) throws Exception {
        SheraConfiguration.get().getTenants().stream()
                .filter(each -> each.getId().equals("bank"))
                .forEach(each -> each.setNamespaces(List.of(new TenantNamespace("west", "retail"))));
        assertThat(charts(rule, sixHours).path("historyProblem").asText()).isEqualTo("SHARED");
        assertThatThrownBy(() -> asCanary("memory")).hasMessageContaining("not told apart");
        MetricHistorySettings told = settings(influx);
        told.setConditions("cluster_name=default");
        use(told);
        assertThat(charts(rule, sixHours).at("/charts/0/past").isMissingNode()).isFalse();
        MetricHistorySettings refused = settings(influx);
        refused.setCredentialsId("wrong");
        refused.setConditions("cluster_name=default");
        use(refused);
        JsonNode alone = charts(rule, sixHours);
        assertThat(alone.path("historyProblem").asText()).isEqualTo("STORE_LOGIN");
        assertThat(alone.at("/charts/0/lines").size()).isEqualTo(1);
        assertThatThrownBy(() -> asCanary("memory")).isInstanceOf(IOException.class);
        influx.close();
        assertThat(charts(rule, sixHours).path("historyProblem").asText()).isEqualTo("STORE_DOWN");
    }
}
