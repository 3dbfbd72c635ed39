package io.jenkins.plugins.shera.monitoring.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is missing is said. The API server is a double: sixty pods, one of them without a log and one with a line of 1.5 MiB. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class LogsGapsTest {

    private static final String LOGS = "shera/tenant/retail/application/shop/logs/";
    private static final int PODS = 60;
    private static final String HOSTILE =
            "<img src=x onerror=document.title=1><script>document.title=2</script>\"'&lt;b&gt;";

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private volatile String greeting = "hello of ";
    private HttpServer api;

    @BeforeEach
    void serve() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setExecutor(pool);
        api.createContext("/api/v1/namespaces/retail/pods", this::answer);
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
        pool.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String pod = path.replaceAll("/log$", "").replaceAll(".*/", "");
        String body;
        int status = 200;
        if (!path.endsWith("/log")) {
            body = pods();
        } else if (pod.equals("shop-07")) {
            status = 500;
            body = "{\"kind\":\"Status\",\"message\":\"secret words of the cluster\"}";
        } else {
            String text = pod.equals("shop-03") ? "y".repeat(1_500_000) : greeting + pod;
            body = "2026-01-02T03:04:05.0" + pod.substring(5) + "Z " + text + "\n";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String pods() {
        List<String> pods = new ArrayList<>();
        IntStream.range(0, PODS)
                .mapToObj(i -> String.format("shop-%02d", i))
                .forEach(name -> pods.add(
                        "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"containers\":[{\"name\":\"shop\"}]},"
                                + "\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"shop\",\"restartCount\":0,"
                                + "\"state\":{\"running\":{}},\"lastState\":{}}]}}"));
        return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[" + String.join(",", pods)
                + "]}";
    }

    private void tenant(JenkinsRule rule) throws Exception {
        rule.createProject(Folder.class, "retail");
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new StringCredentialsImpl(
                                    CredentialsScope.GLOBAL, "kube", "", Secret.fromString("token-of-retail")));
            KubernetesCluster east = new KubernetesCluster("east");
            east.setServer("http://127.0.0.1:" + api.getAddress().getPort());
            east.setInsecure(true);
            east.setTenantAccess(List.of(new TenantLogin("retail", "kube")));
            Tenant retail = new Tenant("retail");
            retail.setFolder("retail");
            retail.setClusters(List.of("east"));
            retail.setNamespaces(List.of(new TenantNamespace("east", "retail")));
            Application shop = new Application("retail", "shop");
            shop.setEnvironments(List.of(new Environment("prod", "east", "retail")));
            SheraConfiguration.get().setClusters(List.of(east));
            SheraConfiguration.get().setTenants(List.of(retail));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    private static String get(JenkinsRule rule, String path) throws Exception {
        return TwoTenants.get(rule, "admin", LOGS + path).body();
    }

    @Test
    void oneContainerThatCannotBeReadHidesNoOtherAndIsNamed(JenkinsRule rule) throws Exception {
        tenant(rule);

        String body = get(rule, "lines?environment=prod");
        JsonNode answer = new ObjectMapper().readTree(body);

        assertThat(answer.path("lines")).hasSize(49);
        assertThat(answer.path("unread")).hasSize(1);
        assertThat(answer.at("/unread/0/pod").asText()).isEqualTo("shop-07");
        assertThat(answer.at("/unread/0/begun").asBoolean()).isFalse();
        assertThat(body).doesNotContain("secret words");
        JsonNode longest = answer.at("/lines/3");
        assertThat(longest.path("omitted").asLong()
                        + longest.path("text").asText().length())
                .isEqualTo(1_500_000);
        assertThat(answer.at("/lines/4").has("omitted")).isFalse();
        assertThat(answer.path("stopped").asText()).isEmpty();

        String file = get(rule, "download?environment=prod");
        assertThat(file).contains("hello of shop-49\n").doesNotContain("hello of shop-50");
        assertThat(file).startsWith("--- Containers 1 to 50 of 60;").contains("--- shop-07/shop was not read: ");
        assertThat(file).contains(" bytes of this line are left out]\n");
    }

    @Test
    void containersPastTheFiftiethAreCountedAndCanBeAskedFor(JenkinsRule rule) throws Exception {
        tenant(rule);
        ObjectMapper json = new ObjectMapper();

        JsonNode first = json.readTree(get(rule, "lines?environment=prod")).path("containers");
        JsonNode rest = json.readTree(get(rule, "lines?environment=prod&skip=50"));
        JsonNode none = json.readTree(get(rule, "lines?environment=prod&skip=1000"));

        assertThat(first.path("matching").asInt()).isEqualTo(60);
        assertThat(first.path("read").asInt()).isEqualTo(50);
        assertThat(rest.path("lines")).hasSize(10);
        assertThat(rest.at("/lines/0/text").asText()).isEqualTo("hello of shop-50");
        assertThat(rest.at("/containers/skipped").asInt()).isEqualTo(50);
        assertThat(none.path("lines")).isEmpty();
        assertThat(none.at("/containers/skipped").asInt()).isEqualTo(60);
        assertThat(TwoTenants.get(rule, "admin", LOGS + "lines?environment=prod&skip=-1")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void thePageSaysWhatIsMissingAndLeadsToIt(JenkinsRule rule, Page page) throws Exception {
        tenant(rule);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        page.open(rule.getURL() + LOGS).see(".shera-logs__line", "hello of shop-49");
        page.see(".jenkins-alert-warning", "Not read: shop-07/shop");
        page.see(".jenkins-alert-info", "Containers 1 to 50 of 60");
        page.see(".shera-logs__line em", "more characters, not shown here");
        page.until("long lines scroll in their box", "document.documentElement.scrollWidth <= innerWidth");
        page.photograph("logs-gaps-light");
        page.assertAccessible("#shera-page");
        page.click(".jenkins-alert-info button");
        page.see(".shera-logs__line", "hello of shop-59");
        page.look(Theme.DARK, "zh-CN").open(rule.getURL() + LOGS).see(".jenkins-alert-warning", "shop-07/shop");
        page.photograph("logs-gaps-dark-zh");
        page.assertClean();
    }

    @Test
    void whatAContainerSaysIsTextAndNothingElse(JenkinsRule rule, Page page) throws Exception {
        greeting = HOSTILE;
        tenant(rule);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        page.open(rule.getURL() + LOGS).see(".shera-logs__line", HOSTILE + "shop-49");
        page.type("input[type=search]", "<img src=x");
        page.see("mark", "<img src=x");
        page.until(
                "nothing of it became part of the page",
                "document.querySelector('#shera-page img, #shera-page script') === null && !/^[12]$/.test(document.title)");
        page.assertClean();
    }
}
