package io.jenkins.plugins.shera.terminal.pages;

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
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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

/** A person works in a container of the cluster that KUBECONFIG names, in a browser. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class TerminalPageTest {

    private static final String TERMINAL = "shera/tenant/retail/application/shop/terminal/";

    private static final String WIDE = "/[0-9]+ 1[0-9]{2}/.test(document.querySelector('.xterm-rows').textContent)";

    private final String namespace =
            "shera-terminal-" + UUID.randomUUID().toString().substring(0, 8);
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
                        "{apiVersion: v1, kind: Pod, metadata: {name: shop-1, labels: {app.kubernetes.io/name: shop}}, spec:"
                                + " {terminationGracePeriodSeconds: 0, containers: [{name: shop, image: 'localhost/busybox:1',"
                                + " imagePullPolicy: IfNotPresent, command: [sleep, '1000']}]}}",
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
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("second")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
    }

    private static HttpResponse<String> post(JenkinsRule rule, String user, String verb, String json) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        HttpRequest ask = HttpRequest.newBuilder(URI.create(rule.getURL() + "crumbIssuer/api/json"))
                .header("Authorization", login(user))
                .build();
        JsonNode crumb = new ObjectMapper()
                .readTree(client.send(ask, HttpResponse.BodyHandlers.ofString()).body());
        return client.send(
                HttpRequest.newBuilder(URI.create(rule.getURL() + TERMINAL + verb))
                        .header("Authorization", login(user))
                        .header("Content-Type", "application/json")
                        .header(
                                crumb.path("crumbRequestField").asText(),
                                crumb.path("crumb").asText())
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String login(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }

    private static String open(JenkinsRule rule) throws Exception {
        HttpResponse<String> opened = post(
                rule,
                "admin",
                "open",
                "{\"environment\":\"prod\",\"pod\":\"shop-1\",\"container\":\"shop\",\"shell\":\"sh\"}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        return new ObjectMapper().readTree(opened.body()).path("session").asText();
    }

    private static CompletableFuture<WebSocket> socket(
            JenkinsRule rule, String user, String origin, String session, WebSocket.Listener listener)
            throws Exception {
        String address = rule.getURL().toString().replaceFirst("^http", "ws") + TERMINAL + "socket?session=" + session;
        WebSocket.Builder builder =
                HttpClient.newHttpClient().newWebSocketBuilder().header("Authorization", login(user));
        if (origin != null) {
            builder.header("Origin", origin);
        }
        return builder.buildAsync(URI.create(address), listener);
    }

    private static String origin(JenkinsRule rule) throws Exception {
        return "http://" + rule.getURL().getAuthority();
    }

    @Test
    void opensNoSocketForAnotherOriginAnotherUserOrAnotherSession(JenkinsRule rule) throws Exception {
        tenant(rule);
        String session = open(rule);
        String own = origin(rule);
        for (String origin : Arrays.asList(null, "null", "http://evil.example", own + ".", own + "1", "ftp://x")) {
            assertThat(socket(rule, "admin", origin, session, new WebSocket.Listener() {}))
                    .as(String.valueOf(origin))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(WebSocketHandshakeException.class);
        }
        for (String user : List.of("second", "reader")) {
            assertThat(socket(rule, user, own, session, new WebSocket.Listener() {}))
                    .as(user)
                    .failsWithin(Duration.ofSeconds(20));
        }
        assertThat(socket(rule, "admin", own, UUID.randomUUID().toString(), new WebSocket.Listener() {}))
                .failsWithin(Duration.ofSeconds(20));
        assertThat(socket(rule, "admin", own, session, new WebSocket.Listener() {}))
                .succeedsWithin(Duration.ofSeconds(20));
        TerminalDesk.get().find(session).kill("killed");
    }

    @Test
    void refusesWhatIsNotTheApplicationsAndPeopleWithoutTheRight(JenkinsRule rule) throws Exception {
        tenant(rule);
        for (String bad : List.of(
                "{\"environment\":\"prod\",\"pod\":\"other\",\"container\":\"shop\",\"shell\":\"sh\"}",
                "{\"environment\":\"prod\",\"pod\":\"shop-1\",\"container\":\"shop\",\"shell\":\"sh; id\"}",
                "{\"environment\":\"elsewhere\",\"pod\":\"shop-1\",\"container\":\"shop\",\"shell\":\"\"}")) {
            HttpResponse<String> answer = post(rule, "admin", "open", bad);
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
            assertThat(answer.body()).contains("\"next\"");
        }
        assertThat(post(rule, "reader", "open", "{}").statusCode()).isIn(403, 404);
    }

    @Test
    void aPersonTypesResizesLeavesComesBackEditsAndEndsIt(JenkinsRule rule, Page page) throws Exception {
        tenant(rule);
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        offered(page.open(rule.getURL() + TERMINAL));
        page.click(".jenkins-button--primary").see("[role=status]", "Connected");
        keys(page, "echo $((40+2))$(stty size | cut -d' ' -f1 | wc -l)\n");
        page.see(".xterm-rows", "421");
        keys(page, "top\n");
        page.see(".xterm-rows", "Mem:");
        keys(page, "q");
        keys(page, "clear; echo done | tr a-z A-Z\n");
        page.see(".xterm-rows", "DONE");
        page.photograph("terminal-light");
        page.assertAccessible("#shera-page");
        keys(page, "clear; stty size\n");
        page.until("the shell has the size of the page", WIDE);
        page.evaluate("addEventListener('pagehide', () => sessionStorage.clear())");
        page.open(rule.getURL() + TERMINAL).see("td", "detached");
        page.photograph("terminal-detached");
        page.click("td .jenkins-button").see("[role=status]", "Connected");
        page.until("what was on the screen is there again", WIDE);
        keys(page, "vi /tmp/a\n");
        page.see(".xterm-rows", "~");
        keys(page, "ifrom a browser");
        page.see(".xterm-rows", "from a browser").photograph("terminal-vi");
        page.click("td .jenkins-button:last-child").see("[role=status]", "Ended by hand");
        offered(page.look(Theme.DARK, "zh-CN").open(rule.getURL() + TERMINAL));
        page.click(".jenkins-button--primary");
        page.see(".xterm-rows", "#");
        keys(page, "exit 5\n");
        page.see("[role=status]", "\u9000\u51fa\u7801 5");
        page.photograph("terminal-dark-zh");
        page.assertAccessible("#shera-page");
        page.assertClean();
    }

    private static void offered(Page page) {
        page.until(
                "the container is offered",
                "document.querySelectorAll('.shera-terminal__bar select')[1].value === 'shop-1/shop'");
    }

    private static void keys(Page page, String text) throws Exception {
        String quoted = new ObjectMapper().writeValueAsString(text.replace("\n", "\r"));
        page.evaluate("(() => { const to = document.querySelector('.xterm-helper-textarea'); to.focus();"
                + " const data = new DataTransfer(); data.setData('text/plain', " + quoted + ");"
                + " to.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));"
                + " return true; })()");
    }
}
