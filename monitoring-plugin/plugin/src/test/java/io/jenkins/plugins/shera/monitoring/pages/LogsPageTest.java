package io.jenkins.plugins.shera.monitoring.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person and a program read what an application in the cluster that KUBECONFIG names says. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class LogsPageTest {

    private static final String LOGS = "shera/tenant/retail/application/shop/logs/";

    private final String namespace =
            "shera-logs-" + UUID.randomUUID().toString().substring(0, 8);
    private String kubeconfig;
    private ClusterClient client;

    @BeforeEach
    void deploy() throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file));
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("KUBECONFIG names a cluster").isTrue();
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        kubeconfig = Files.readString(Path.of(file));
        client = ClusterClient.open(Kubeconfig.parse(kubeconfig, null, false), TimeLimits.STANDARD);
        Applier applier = new Applier(client.api(), new Kinds(client.api()));
        applier.apply(
                Manifests.read("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}", "namespace"));
        List<Manifest> pod = Manifests.read(
                        "{apiVersion: v1, kind: Pod, metadata: {name: shop-1, labels: {app.kubernetes.io/name: shop}},"
                                + " spec: {terminationGracePeriodSeconds: 0, containers: [{name: shop, image:"
                                + " 'localhost/busybox:1', imagePullPolicy: IfNotPresent, command: [sh, -c, 'i=0; while ["
                                + " $i -lt 50 ]; do echo \"order $i <b>\"; i=$((i+1)); done; while true; do echo beat;"
                                + " sleep 1; done']}]}}",
                        "pod")
                .stream()
                .map(manifest -> manifest.in(namespace))
                .toList();
        applier.apply(pod);
        await().atMost(Duration.ofMinutes(2)).until(() -> client.api()
                .get(new ObjectRef(ResourceKind.POD, namespace, "shop-1").path())
                .path("status")
                .path("phase")
                .asText()
                .equals("Running"));
    }

    @AfterEach
    void remove() throws Exception {
        if (client != null) {
            ObjectRef ref = new ObjectRef(new Kinds(client.api()).find("v1", "Namespace"), "", namespace);
            client.api()
                    .delete(
                            ref,
                            client.api()
                                    .get(ref.path())
                                    .path("metadata")
                                    .path("uid")
                                    .asText());
            client.close();
        }
    }

    private void tenant(JenkinsRule rule) throws Exception {
        rule.createProject(Folder.class, "retail");
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new FileCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "kube",
                                    "",
                                    "config",
                                    SecretBytes.fromBytes(kubeconfig.getBytes(StandardCharsets.UTF_8))));
            KubernetesCluster real = new KubernetesCluster("real");
            real.setTenantAccess(List.of(new TenantLogin("retail", "kube")));
            Tenant retail = new Tenant("retail");
            retail.setFolder("retail");
            retail.setClusters(List.of("real"));
            retail.setNamespaces(List.of(new TenantNamespace("real", namespace)));
            Application shop = new Application("retail", "shop");
            shop.setEnvironments(List.of(new Environment("prod", "real", namespace)));
            SheraConfiguration.get().setClusters(List.of(real));
            SheraConfiguration.get().setTenants(List.of(retail));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
    }

    private static HttpResponse<String> get(JenkinsRule rule, String user, String path) throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(rule.getURL() + LOGS + path))
                                .header("Authorization", "Basic " + login)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void givesLinesByTailByTimeAndSinceALine(JenkinsRule rule) throws Exception {
        tenant(rule);
        ObjectMapper json = new ObjectMapper();

        JsonNode containers =
                json.readTree(get(rule, "admin", "containers?environment=prod").body());
        assertThat(containers.at("/containers/0/pod").asText()).isEqualTo("shop-1");
        assertThat(containers.at("/containers/0/state").asText()).isEqualTo("running");

        JsonNode all =
                json.readTree(get(rule, "admin", "lines?environment=prod").body());
        assertThat(all.at("/lines/0/text").asText()).isEqualTo("order 0 <b>");
        assertThat(all.at("/lines/49/text").asText()).isEqualTo("order 49 <b>");
        assertThat(all.path("cut").asBoolean()).isFalse();

        JsonNode after = json.readTree(get(
                        rule,
                        "admin",
                        "lines?environment=prod&after="
                                + all.at("/lines/49/nanos").asText())
                .body());
        after.path("lines")
                .forEach(line -> assertThat(line.path("text").asText()).isEqualTo("beat"));

        String until = all.at("/lines/9/time").asText();
        JsonNode range = json.readTree(
                get(rule, "admin", "lines?environment=prod&tail=3&since=2020-01-01T00:00:00Z&until=" + until)
                        .body());
        assertThat(range.path("lines")).hasSize(3);
        assertThat(range.at("/lines/2/text").asText()).isEqualTo("order 9 <b>");
        assertThat(range.path("cut").asBoolean()).isTrue();

        assertThat(get(rule, "admin", "download?environment=prod").body()).contains(" shop-1 order 7 <b>\n");
    }

    @Test
    void refusesBadQueriesAndPeopleWithoutTheRight(JenkinsRule rule) throws Exception {
        tenant(rule);

        for (String bad : List.of(
                "lines?environment=elsewhere",
                "lines",
                "lines?environment=prod&tail=0",
                "lines?environment=prod&since=yesterday",
                "lines?environment=prod&after=9999999999999999999",
                "lines?environment=prod&after=9223372036854775807",
                "lines?environment=prod&since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z")) {
            HttpResponse<String> answer = get(rule, "admin", bad);
            assertThat(answer.statusCode()).as(bad).isEqualTo(422);
            assertThat(answer.body()).as(bad).contains("\"next\"");
        }
        for (String path : List.of("", "lines?environment=prod", "containers?environment=prod", "download")) {
            assertThat(get(rule, "reader", path).statusCode()).as(path).isIn(403, 404);
        }
    }

    @Test
    void nothingMovesWhileLinesArrive(JenkinsRule rule, Page page) throws Exception {
        tenant(rule);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        page.open(rule.getURL() + LOGS).click(".shera-byhand__toggle");
        String places =
                "JSON.stringify([...document.querySelectorAll('.shera-byhand,.shera-logs__lines,.shera-logs__bar >"
                        + " :not(span)')].map((one) => { const at = one.getBoundingClientRect(); return [at.x, at.y,"
                        + " at.width]; }))";
        String before = page.evaluate(places).asText();
        page.see(".shera-logs__line", "order 49 <b>");
        page.until(
                "the containers are offered",
                "[...document.querySelectorAll('option')].some((one) => one.text.includes('shop-1'))");
        assertThat(page.evaluate(places).asText())
                .as("the first lines and the list of containers came")
                .isEqualTo(before);
        String count = "document.querySelector('.shera-logs__bar [role=status]').textContent";
        for (int round = 0; round < 3; round++) {
            String shown = page.evaluate(count).asText();
            page.until("more lines came", count + " !== " + new ObjectMapper().writeValueAsString(shown));
            assertThat(page.evaluate(places).asText()).isEqualTo(before);
        }
    }

    @Test
    void aPersonFollowsFiltersAndPauses(JenkinsRule rule, Page page) throws Exception {
        tenant(rule);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        page.open(rule.getURL() + LOGS).see(".shera-logs__line", "order 49 <b>");
        page.see(".shera-logs__line", "beat");
        assertThat(page.texts(".shera-logs__line"))
                .filteredOn(line -> line.contains("order 49"))
                .as("each line stands there once")
                .hasSize(1);
        page.photograph("logs-light");
        page.assertAccessible("#shera-page");
        page.type("input[type=search]", "order 4");
        page.see("mark", "order 4").photograph("logs-filtered");
        page.look(Theme.DARK, "en").open(rule.getURL() + LOGS).see(".shera-logs__line", "beat");
        page.photograph("logs-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN").open(rule.getURL() + LOGS).see(".shera-logs__line", "beat");
        page.photograph("logs-zh");
        page.width(420).photograph("logs-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.assertClean();
    }
}
