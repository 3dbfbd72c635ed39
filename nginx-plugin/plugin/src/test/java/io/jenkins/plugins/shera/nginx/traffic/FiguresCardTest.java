package io.jenkins.plugins.shera.nginx.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.certificates.TwoTenants;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person, a program and Prometheus look at what two real nginx answered. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class FiguresCardTest {
    private static final String FRONT = "shera/tenant/retail/nginx/";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RealNginx one;
    private RealNginx silent;
    private NginxCluster edge;
    private TwoTenants tenants;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        one = RealNginx.startLogging(Files.createDirectory(folder.resolve("one")));
        silent = RealNginx.start(Files.createDirectory(folder.resolve("silent")));
        tenants = new TwoTenants(rule, one.tlsPort());
        edge = tenants.nodes(one, silent);
        NginxNode node = new NginxNode(one.installation());
        node.publish(route("retail", "shop.example.com"));
        node.publish(route("bank", "vault.example.com"));
        node.replaceSite(Map.of(
                "erp.conf",
                "server { listen " + one.port() + "; server_name erp.example.com; location / { return 200 erp; } }"));
        for (String host :
                List.of("shop.example.com", "vault.example.com", "erp.example.com", "invented.example.com")) {
            one.ask(host, "/");
        }
        one.ask("erp.example.com", "/");
    }

    @AfterEach
    void stop() throws Exception {
        for (RealNginx nginx : new RealNginx[] {one, silent}) {
            if (nginx != null) {
                nginx.close();
            }
        }
    }

    private Route route(String tenant, String host) throws Exception {
        return Route.of(
                RouteOwner.of(tenant, "shop", "dev"), host, one.port(), "/", List.of(Member.of("127.0.0.1", 1, 1)));
    }

    @Test
    void aTenantOfASharedClusterSeesItsOwnHostsAlone() throws Exception {
        JsonNode all = tenants.json("admin", FRONT + "figures?cluster=edge");
        assertThat(all.path("rows").findValuesAsText("host"))
                .containsExactly("", "erp.example.com", "shop.example.com", "vault.example.com");
        assertThat(all.at("/rows/1/requests").asLong()).isEqualTo(2);
        assertThat(all.at("/nodes/1/error").asText()).contains("It has no log of requests");

        JsonNode own = tenants.json("dev", FRONT + "figures?cluster=edge&minutes=1");
        assertThat(own.toString()).doesNotContain("vault", "erp", "bank");
        assertThat(own.at("/rows/0/upstream").asText()).isEqualTo("shera.retail.shop.dev");
        assertThat(own.at("/rows/0/serverErrors").asLong()).isEqualTo(1);
        JsonNode reach = tenants.json("dev", FRONT + "reach?cluster=edge");
        assertThat(reach.at("/nodes/0/unreached").findValuesAsText("owner")).containsExactly("retail.shop.dev");
        assertThat(reach.at("/nodes/0/unreached/0/why").asText()).isEqualTo("REFUSED");
        for (String wrong : List.of("0", "61", "x", "-1")) {
            HttpResponse<String> refused = tenants.get("dev", FRONT + "figures?cluster=edge&minutes=" + wrong);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(422);
        }
    }

    @Test
    void prometheusFetchesThemFromJenkins() throws Exception {
        TrafficWatch.get().look();

        String text = tenants.get("admin", "shera-metrics/").body();
        assertThat(text.lines().filter(line -> line.startsWith("shera_nginx_")))
                .anyMatch(line -> line.startsWith("shera_nginx_requests{class=\"5xx\",cluster=\"edge\","
                        + "host=\"shop.example.com\",node=\"built-in-1\",tenant=\"retail\",upstream="
                        + "\"shera.retail.shop.dev\"} 1"))
                .anyMatch(line -> line.startsWith("shera_nginx_log_readable{cluster=\"edge\",node=\"built-in-2\"} 0"))
                .noneMatch(line -> line.contains("invented"));
        assertThat(tenants.get("dev", "shera-metrics/").statusCode()).isEqualTo(403);
    }

    @Test
    void aPersonSeesThemAndChoosesHowErrorsAreWatched(Page page) throws Exception {
        edge.setTenants("retail");
        edge.getNodes().get(1).setRequestLog(one.requestLog().toString());
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge));
        }
        String address = jenkins.getURL() + FRONT;
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(address + "#edge").see("td code", "shera.retail.shop.dev").see(".shera-pill--bad", "1 (100 %)");
        page.see("td", "nobody listens there");
        page.assertAccessible("#shera-page").photograph("figures-light");
        page.until(
                "errors are watched",
                "(s => s && (s.value = '10', s.dispatchEvent(new Event('change'))))"
                        + "(document.querySelector(\"select[aria-label='Watch errors']\"))");
        page.see("label", "Least requests to judge");
        page.click("section .shera-row:has(input[aria-label=Reason]) > .jenkins-button--primary");
        page.see("dialog", "rises by more than 1 percentage points within 10 s").photograph("figures-push");
        page.look(Theme.DARK, "en").open(address + "?d#edge").see("td code", "shera.retail.shop.dev");
        page.assertAccessible("#shera-page").photograph("figures-dark");
        page.look(Theme.LIGHT, "zh-CN").open(address + "?z#edge").see("td code", "shera.retail.shop.dev");
        page.photograph("figures-zh");
        page.width(420).photograph("figures-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");

        Map<String, Object> push = Map.of("nginx", "edge", "files", Map.of("erp.conf", "# one"), "errorWatch", 26);
        HttpResponse<String> refused = tenants.post("dev", FRONT + "pushSite", push);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("errorWatch", "0 to 25 seconds");
    }
}
