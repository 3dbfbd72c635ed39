package io.jenkins.plugins.shera.monitoring.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.extension.MetricSeries;
import io.jenkins.plugins.shera.platform.extension.MetricSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The extension as a canary's analysis finds it, before a real Prometheus with the data of two tenants. */
@WithJenkins
class PrometheusMetricsTest {

    @TempDir
    Path folder;

    private static List<MetricSeries> threads(String tenant, String environment) throws IOException {
        MetricSource source = ExtensionList.lookup(MetricSource.class).stream()
                .filter(each -> each.name().equals("prometheus"))
                .findFirst()
                .orElseThrow();
        Instant now = Instant.now();
        return source.range(
                new MetricSource.Scope(tenant, "shop", environment, "canary"),
                "threads",
                now.minusSeconds(10),
                now,
                Duration.ofSeconds(1));
    }

    private static void configure(List<PrometheusServer> servers) {
        List<Tenant> tenants = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        for (String id : List.of("retail", "bank")) {
            Tenant tenant = new Tenant(id);
            tenant.setFolder(id);
            tenant.setClusters(List.of("east", "west"));
            tenant.setNamespaces(List.of(new TenantNamespace("east", id), new TenantNamespace("west", id)));
            tenants.add(tenant);
            Application application = new Application(id, "shop");
            application.setEnvironments(
                    List.of(new Environment("dev", "east", id), new Environment("unwatched", "west", id)));
            applications.add(application);
        }
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setTenants(tenants);
            SheraConfiguration.get().setApplications(applications);
            MonitoringConfiguration.get().setPrometheusServers(servers);
        }
    }

    @Test
    void measuresTheCanaryOfOneTenantAndSaysWhatKeepsItFromIt(JenkinsRule jenkins) throws Exception {
        try (RealPrometheus prometheus = RealPrometheus.start(folder)) {
            prometheus.serve("container_threads{namespace=\"retail\",pod=\"shop-canary-1a-b2\",container=\"shop\"} 41\n"
                    + "container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 7\n"
                    + "container_threads{namespace=\"bank\",pod=\"shop-canary-1a-b2\",container=\"shop\"} 999\n");
            PrometheusServer server =
                    new PrometheusServer("main", prometheus.url().toString());
            server.setClusters("east");
            configure(List.of(server));

            List<MetricSeries> found = await().atMost(Duration.ofSeconds(60))
                    .until(() -> threads("retail", "dev"), series -> !series.isEmpty());

            assertThat(found).singleElement().satisfies(line -> assertThat(line.points())
                    .isNotEmpty()
                    .allSatisfy(point -> assertThat(point.value()).isEqualTo(41)));
            assertThatThrownBy(() -> threads("retail", "unwatched")).hasMessageContaining("No Prometheus watches");
            assertThatThrownBy(() -> threads("retail", "prod")).hasMessageContaining("has no environment prod");
            assertThatThrownBy(() -> threads("nobody", "dev")).hasMessageContaining("has no environment dev");
        }
        assertThatThrownBy(() -> threads("retail", "dev"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer");
    }
}
