package io.jenkins.plugins.shera.monitoring.pages.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.RetailInCluster;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.cluster.TestNamespace;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Containers of a real cluster that count for themselves, asked with the tenant's own token, where no exporter measures. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class RealCountNowTest {

    private static final String CHARTS = "shera/tenant/retail/application/shop/charts/";
    private static final String DEV = "{\"environment\": \"dev\"}";
    private static final String READ = "{apiGroups: [''], resources: [pods], verbs: [get, list]}";
    private static final String EXEC = "{apiGroups: [''], resources: [pods/exec], verbs: [create, get]}";

    @TempDir
    Path folder;

    private static void pod(TestNamespace cluster, String name, String words) throws Exception {
        cluster.apply("{apiVersion: v1, kind: Pod, metadata: {name: " + name
                + ", labels: {app.kubernetes.io/name: shop}},"
                + " spec: {terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, containers: [{name:"
                + " shop, image: 'localhost/busybox:1', imagePullPolicy: IfNotPresent, command: [sh, -c, '" + words
                + "']}]}}");
    }

    @Test
    void aPersonHasTheContainersCountWithTheTenantsOwnRights(JenkinsRule rule, Page page) throws Exception {
        try (TestNamespace cluster = TestNamespace.make("counts");
                RealPrometheus prometheus = RealPrometheus.start(folder)) {
            pod(cluster, "shop-1a-b2", "httpd -p 8080 -h /; sleep 3600 & sleep 3600 & wait");
            pod(cluster, "shop-1a-c3", "sleep 3600 & wait");
            cluster.ready("shop-1a-b2");
            cluster.ready("shop-1a-c3");
            TwoTenants.of(rule, prometheus);
            RetailInCluster.move(rule, cluster, cluster.tokenFor("reader", "[" + READ + "]"));
            JsonNode without = count(rule);
            without.path("pods").forEach(each -> assertThat(each.path("problem").asText())
                    .as("the API server refuses whom it does not let in")
                    .isEqualTo("FORBIDDEN"));
            RetailInCluster.move(rule, cluster, cluster.tokenFor("counter", "[" + READ + ", " + EXEC + "]"));
            JsonNode counted = count(rule);
            assertThat(counted.path("left").asInt()).isZero();
            assertThat(counted.at("/pods/0/pod").asText()).isEqualTo("shop-1a-b2");
            assertThat(counted.at("/pods/0/threads").asLong()).isEqualTo(4);
            assertThat(counted.at("/pods/0/sockets").asLong()).isEqualTo(1);
            assertThat(counted.at("/pods/1/threads").asLong()).isEqualTo(2);
            look(rule, page);
        }
    }

    private static JsonNode count(JenkinsRule rule) throws Exception {
        HttpResponse<String> answer = TwoTenants.post(rule, "admin", CHARTS + "count", DEV);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static void look(JenkinsRule rule, Page page) throws Exception {
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        counted(rule, page, "light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en");
        counted(rule, page, "dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN");
        counted(rule, page, "zh");
        page.width(420).photograph("charts-count-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.assertClean();
    }

    private static void counted(JenkinsRule rule, Page page, String look) throws Exception {
        page.open(rule.getURL() + CHARTS).see(".shera-count");
        page.click(".shera-count .jenkins-button").see(".shera-count td", "4");
        page.see(".shera-count tbody tr", "shop-1a-b2").photograph("charts-count-" + look);
    }
}
