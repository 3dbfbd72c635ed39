package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.traffic.TrafficMeters;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People look at the nodes of a KubeNg cluster and at the objects they serve. */
@ExtendWith(BrowserExtension.class)
class KubengPageTest extends KubengRig {
    @Test
    void aPersonSeesTheNodesAndMakesAToken(Page page) throws Exception {
        daemon(one, "one");
        soon().until(() -> KubengDesks.get().board(edge()).line("one").isPresent());
        String front = jenkins.getURL() + "shera/tenant/retail/nginx/";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "admin", "admin");
        page.open(front + "#edge").see(".shera-pill--ok", "serves what is wanted");
        page.photograph("kubeng-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").open(front + "?d#edge").see(".shera-pill--ok");
        page.photograph("kubeng-dark");
        page.look(Theme.LIGHT, "zh-CN").open(front + "?z#edge").see(".shera-pill--ok");
        page.photograph("kubeng-zh");
        page.look(Theme.LIGHT, "en").open(front + "?t#edge").see(".shera-pill--ok");
        page.click("tbody tr:nth-child(2) button.jenkins-button");
        page.until("a token is shown", "document.querySelector('#kubeng-token')?.textContent.length > 20");
        page.until("it may be revoked", "document.querySelectorAll('tbody tr:nth-child(2) button').length === 2");
        page.photograph("kubeng-token");
        page.assertClean();
        assertThat(KubengKeys.get().madeAt("edge", "two")).isPositive();
    }

    @Test
    void aPersonAndPrometheusSeeWhatEachNodeAnsweredAndATenantItsOwn(Page page) throws Exception {
        String front = jenkins.getURL() + "shera/tenant/retail/nginx/";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(front + "#edge").see("section", "name it in the settings of KubeNg: metrics.log");
        assertThat(as("dev", "figures?cluster=edge", null).body())
                .contains("Nothing was heard of KubeNg on this node", "\"logs\":false");
        daemon(one, "one");
        int backend = backend("shop");
        KubengDesks.get()
                .desk(edge())
                .change(
                        Intent.Kind.ROUTES,
                        (before, generation) -> Intent.ofRoutes(
                                "edge", generation, List.of(route("retail", backend), route("bank", 1))));
        soon().pollInterval(Duration.ofMillis(300)).until(() -> {
            for (String host : List.of("retail.example.com", "bank.example.com", "invented.example.com")) {
                one.ask(host, "/");
            }
            return as("admin", "figures?cluster=edge", null).body().contains("bank.example.com");
        });

        assertThat(as("admin", "figures?cluster=edge", null).body())
                .contains("\"error\":\"\",\"cut\":true", "shera.bank.shop.dev", "retail.example.com")
                .doesNotContain("invented");
        assertThat(as("dev", "figures?cluster=edge", null).body())
                .contains("retail.example.com")
                .doesNotContain("bank");
        assertThat(ExtensionList.lookupSingleton(TrafficMeters.class).readings())
                .filteredOn(reading -> reading.labels().getOrDefault("host", "").equals("bank.example.com"))
                .filteredOn(
                        reading -> reading.labels().getOrDefault("class", "").equals("5xx"))
                .singleElement()
                .satisfies(reading -> {
                    assertThat(reading.labels()).containsEntry("node", "one").containsEntry("tenant", "bank");
                    assertThat(reading.value()).isPositive();
                });
        soon().until(() ->
                as("admin", "reach?cluster=edge", null).body().contains("127.0.0.1:1\",\"why\":\"REFUSED\""));
        assertThat(as("dev", "reach?cluster=edge", null).body()).doesNotContain("bank");
        String token = token("two");
        byte[] lie = "{\"since\": 1}".getBytes(StandardCharsets.UTF_8);
        assertThat(post(token, "figures/edge/two", lie)).isEqualTo(400);
        assertThat(post(token, "figures/edge/one", lie)).isEqualTo(403);
        page.open(front + "?f#edge")
                .see("td code", "shera.retail.shop.dev")
                .see("section", "two: Nothing was heard of KubeNg");
        page.assertAccessible("#shera-page").photograph("kubeng-figures-light");
        page.look(Theme.DARK, "en").open(front + "?d#edge").see("td code", "shera.retail.shop.dev");
        page.photograph("kubeng-figures-dark");
        page.look(Theme.LIGHT, "zh-CN").open(front + "?z#edge").see("td code", "shera.retail.shop.dev");
        page.photograph("kubeng-figures-zh");
        page.assertClean();
    }

    private IntendedRoute route(String tenant, int backend) throws InvalidRouteException {
        return new IntendedRoute(
                RouteOwner.of(tenant, "shop", "dev"),
                tenant + ".example.com",
                one.port(),
                "/",
                List.of(Target.of(Member.of("127.0.0.1", backend, 1))));
    }

    @Test
    void aPersonSeesWhatBecameOfObjectsAndATenantOnlyItsOwn(Page page) throws Exception {
        NginxCluster edge = new NginxCluster("edge", List.of());
        edge.setDaemons("one");
        edge.setTenants("retail bank");
        edge.setPort(one.port());
        edge.setIngressClasses("shera");
        edge.setGateways("infra/edge");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge));
        }
        String token = token("one");
        HttpResponse<String> document = get(token, "", "shera-kubeng/document/edge/one/routes");
        Intent intent = SignedIntent.open(
                document.body().getBytes(StandardCharsets.UTF_8),
                List.of(KubengKeys.get().signer().getPublic()),
                Intent.Kind.ROUTES,
                "edge");
        assertThat(intent.objects().tenant("east", "bank")).contains("bank");
        assertThat(intent.objects().classes()).containsExactly("shera");
        String told =
                """
                {"version": "1", "routes": {"generation": 1}, "weights": {}, "unwatched": ["bank.: hidden"], "objects": [
                 {"tenant": "retail", "cluster": "east", "kind": "Ingress", "namespace": "retail", "name": "shop", "hosts": ["shop.example.com"], "refused": []},
                 {"tenant": "retail", "cluster": "east", "kind": "HTTPRoute", "namespace": "retail", "name": "old", "hosts": [],
                  "refused": ["A match asks for 'method', which nginx is not made to do here."]},
                 {"tenant": "bank", "cluster": "east", "kind": "Ingress", "namespace": "bank", "name": "vault", "hosts": ["vault.example.com"], "refused": []}]}
                """;
        assertThat(post(token, "state/edge/one", told.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(204);

        WorkflowRun taken = run(
                "taken",
                "retail",
                "publishRoute(application: 'shop', environment: 'dev', host: 'vault.example.com', members: ['127.0.0.1:1'])");
        jenkins.assertBuildStatus(Result.FAILURE, taken);
        jenkins.assertLogContains("by an object of Kubernetes", taken);
        assertThat(as("dev", "nodes?cluster=edge", null).body())
                .contains("shop.example.com", "'method'")
                .doesNotContain("vault", "hidden");

        String front = jenkins.getURL() + "shera/tenant/retail/nginx/";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "admin", "admin");
        page.open(front + "#edge").see(".shera-pill--bad", "not served");
        page.photograph("kubeng-objects-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").open(front + "?d#edge").see(".shera-pill--bad", "not served");
        page.photograph("kubeng-objects-dark");
        page.look(Theme.LIGHT, "zh-CN").open(front + "?z#edge").see(".shera-pill--bad");
        page.photograph("kubeng-objects-zh");
        page.assertClean();
    }
}
