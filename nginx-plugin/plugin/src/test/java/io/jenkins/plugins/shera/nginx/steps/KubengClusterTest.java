package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.kubeng.daemon.Daemon;
import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.assertj.core.api.Assertions;
import org.awaitility.core.ConditionFactory;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds, people and programs, and on each of two real nginx a daemon that asks Jenkins for what it serves. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class KubengClusterTest {
    @TempDir
    Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private JenkinsRule jenkins;
    private RealNginx one;
    private RealNginx two;

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).ignoreExceptions();
    }

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        one = nginx("one");
        two = nginx("two");
        List<Tenant> tenants = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        for (String id : List.of("retail", "bank")) {
            rule.createProject(Folder.class, id);
            Tenant tenant = new Tenant(id);
            tenant.setFolder(id);
            tenant.setClusters(List.of("east"));
            tenant.setNamespaces(List.of(new TenantNamespace("east", id)));
            tenants.add(tenant);
            Application application = new Application(id, "shop");
            application.setEnvironments(List.of(new Environment("dev", "east", id)));
            applications.add(application);
        }
        KubernetesCluster east = new KubernetesCluster("east");
        east.setServer("https://127.0.0.1:9");
        NginxCluster edge = new NginxCluster("edge", List.of());
        edge.setDaemons("one two");
        edge.setTenants("retail bank");
        // Both nginx are on this machine, so the route's port is the first one's and the second serves it there too.
        edge.setPort(one.port());
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setClusters(List.of(east));
            SheraConfiguration.get().setTenants(tenants);
            SheraConfiguration.get().setApplications(applications);
            NginxConfiguration.get().setClusters(List.of(edge));
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW, SheraPermissions.ROUTE)
                .everywhere()
                .to("dev"));
    }

    private RealNginx nginx(String name) throws Exception {
        RealNginx nginx = RealNginx.start(Files.createDirectory(folder.resolve(name)));
        toClose.add(nginx);
        return nginx;
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    private Path settings(RealNginx nginx, String node) throws Exception {
        Path home = folder.resolve(node);
        Files.writeString(
                home.resolve("keys.pem"), get("", "", "shera-kubeng/keys.pem").body());
        Path file = home.resolve("kubeng.properties");
        Files.writeString(
                file,
                """
                cluster=edge
                node=%5$s
                jenkins=%4$s
                jenkins.token=%1$s/token
                intent=%1$s/intent
                state=%1$s/state
                keys=%1$s/keys.pem
                nginx.binary=%2$s
                nginx.config=%1$s/nginx.conf
                nginx.folder=%1$s/routes
                nginx.versionPort=%3$d
                reload.intervalMillis=100
                """
                        .formatted(
                                home,
                                nginx.installation().binary(),
                                nginx.installation().versionPort(),
                                jenkins.getURL(),
                                node));
        return file;
    }

    private Daemon daemon(RealNginx nginx, String node) throws Exception {
        Path file = settings(nginx, node);
        Files.writeString(folder.resolve(node).resolve("token"), token(node) + "\n");
        Daemon daemon = Daemon.start(Settings.read(file));
        toClose.add(daemon);
        return daemon;
    }

    private static String token(String node) throws IOException {
        return KubengKeys.get().renew("edge", node);
    }

    private int backend(String says) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = says.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        toClose.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    private static String ask(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\nHost: shop.example.com\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private static String publish(int backend) {
        return "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', members: ['127.0.0.1:"
                + backend + "'])\n";
    }

    private WorkflowRun run(String name, String tenant, String script) throws Exception {
        Folder in = jenkins.jenkins.getItemByFullName(tenant, Folder.class);
        WorkflowJob job = in.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }

    private HttpResponse<String> get(String token, String tag, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> as(String user, String path, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(jenkins.getURL() + "shera/tenant/retail/nginx/" + path));
        String password = body == null ? user : jenkins.createApiToken(User.getById(user, true));
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return HttpClient.newHttpClient()
                .send(request.header("Authorization", "Basic " + login).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void buildsPublishAndWeighAndTheNodesGoOnWithoutJenkins() throws Exception {
        oneNode();
        Daemon daemon = daemon(one, "one");
        int stable = backend("stable");
        int canary = backend("canary");

        WorkflowRun run = run(
                "publish",
                "retail",
                "def r = " + publish(stable) + "echo \"generation ${r.generation} on ${r.nodes}\"\n"
                        + "setRouteWeight(application: 'shop', environment: 'dev', members: ['127.0.0.1:" + canary
                        + "'], weight: 100)");

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("generation 1 on 1", run);
        soon().until(() -> ask(one.port()).equals("canary"));
        JsonNode cluster = new ObjectMapper()
                .readTree(as("admin", "nodes?cluster=edge", null).body());
        assertThat(cluster.at("/daemons/0/routes/generation").asLong()).isEqualTo(1);
        assertThat(cluster.at("/daemons/0/routes/sha").asText())
                .isEqualTo(KubengDesks.get()
                        .desk(edge())
                        .intent(Intent.Kind.ROUTES)
                        .tag()
                        .substring(2));
        assertThat(cluster.at("/routes/0/percent").asInt()).isEqualTo(100);

        WorkflowRun taken = run("taken", "bank", publish(stable));
        jenkins.assertBuildStatus(Result.FAILURE, taken);
        jenkins.assertLogContains("belongs to another tenant of this nginx cluster", taken);
        WorkflowRun drift = run("drift", "retail", "checkDrift()");
        jenkins.assertBuildStatus(Result.FAILURE, drift);
        jenkins.assertLogContains("has KubeNg nodes", drift);

        // The token counts no more, so Jenkins is as good as away; the daemon begins anew with what lies on its disk.
        KubengKeys.get().revoke("edge", "one");
        daemon.close();
        Daemon alone = Daemon.start(Settings.read(folder.resolve("one/kubeng.properties")));
        toClose.add(alone);
        soon().until(() -> alone.state(Intent.Kind.WEIGHTS).generation() == 1);
        soon().until(() -> alone.state(Intent.Kind.ROUTES).generation() == 1);
        assertThat(ask(one.port())).isEqualTo("canary");
    }

    private static NginxCluster edge() {
        return NginxConfiguration.get().getClusters().get(0);
    }

    private void oneNode() {
        NginxCluster edge = new NginxCluster("edge", List.of());
        edge.setDaemons("one");
        edge.setTenants("retail bank");
        edge.setPort(one.port());
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge));
        }
    }

    @Test
    void aNodeThatRefusesPutsTheOthersBack() throws Exception {
        daemon(one, "one");
        Path main = two.installation().mainConfig();
        Files.writeString(main, Files.readString(main).replace("access_log off;", "no_such_directive on;"));
        daemon(two, "two");

        WorkflowRun run = run("publish", "retail", publish(backend("never")));

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("the KubeNg node two of nginx cluster edge does not serve generation 1", run);
        jenkins.assertLogContains("no_such_directive", run);
        assertThat(KubengDesks.get().desk(edge()).intent(Intent.Kind.ROUTES))
                .satisfies(intent -> assertThat(intent.generation()).isEqualTo(2))
                .satisfies(intent -> assertThat(intent.routes()).isEmpty());
    }

    @Test
    void knowsANodeByItsOwnTokenAlone() throws Exception {
        String mine = token("one");
        String other = token("two");
        String path = "shera-kubeng/document/edge/one/routes";

        assertThat(get(mine, "", path).statusCode()).isEqualTo(204);
        assertThat(get(other, "", path).statusCode()).isEqualTo(403);
        assertThat(get("", "", path).statusCode()).isEqualTo(403);
        assertThat(get(mine, "", "shera-kubeng/document/edge/three/routes").statusCode())
                .isEqualTo(403);
        assertThat(get(mine, "", "shera-kubeng/document/other/one/routes").statusCode())
                .isEqualTo(403);
        assertThat(get(mine, "", "shera-kubeng/document/edge/one/secrets").statusCode())
                .isEqualTo(403);
        KubengDesks.get()
                .desk(edge())
                .change(Intent.Kind.ROUTES, (before, generation) -> Intent.ofRoutes("edge", generation, List.of()));
        HttpResponse<String> found = get(mine, "", path);
        assertThat(found.statusCode()).isEqualTo(200);
        String tag = found.headers().firstValue("ETag").orElseThrow();
        assertThat(get(mine, tag, path).statusCode()).isEqualTo(304);
        assertThat(SignedIntent.open(
                                found.body().getBytes(StandardCharsets.UTF_8),
                                List.of(KubengKeys.get().signer().getPublic()),
                                Intent.Kind.ROUTES,
                                "edge")
                        .generation())
                .isEqualTo(1);
        String renewed = token("one");
        assertThat(get(mine, "", path).statusCode()).isEqualTo(403);
        assertThat(get(renewed, "", path).statusCode()).isEqualTo(200);
        KubengKeys.get().revoke("edge", "one");
        assertThat(get(renewed, "", path).statusCode()).isEqualTo(403);
        assertThat(Files.readString(
                        SheraConfiguration.get().root().resolve("kubeng").resolve("keys.xml")))
                .doesNotContain(other);
    }

    @Test
    void takesBackWhatItSignedAndLostButNothingThatAnotherSigned() throws Exception {
        String token = token("one");
        byte[] later = SignedIntent.sign(
                Intent.ofRoutes("edge", 7, List.of()), KubengKeys.get().signer().getPrivate());
        byte[] forged = SignedIntent.sign(
                Intent.ofRoutes("edge", 9, List.of()),
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());

        assertThat(post(token, "adopt/edge/one/routes", forged)).isEqualTo(422);
        assertThat(get(token, "\"7-" + "0".repeat(64) + "\"", "shera-kubeng/document/edge/one/routes")
                        .statusCode())
                .isEqualTo(409);
        assertThat(post(token("two"), "adopt/edge/one/routes", later)).isEqualTo(403);
        assertThat(post(token, "adopt/edge/one/routes", later)).isEqualTo(204);
        assertThat(KubengDesks.get().desk(edge()).intent(Intent.Kind.ROUTES).generation())
                .isEqualTo(7);
        assertThat(post(token, "adopt/edge/one/routes", later)).isEqualTo(422);
        assertThat(post(token, "state/edge/one", "{".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(400);
    }

    private int post(String token, String path, byte[] body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(jenkins.getURL() + "shera-kubeng/" + path))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void administratorsAloneMakeTokensAndNodesOfBothKindsAreRefused() throws Exception {
        String body = "{\"nginx\":\"edge\",\"node\":\"one\"}";
        assertThat(as("dev", "kubengToken", body).statusCode()).isEqualTo(403);
        assertThat(as("admin", "kubengRevoke", body).statusCode()).isEqualTo(422);
        String token = new ObjectMapper()
                .readTree(as("admin", "kubengToken", body).body())
                .path("token")
                .asText();
        assertThat(KubengKeys.get().isTokenOf("edge", "one", token)).isTrue();
        assertThat(as("dev", "nodes?cluster=edge", null).body()).doesNotContain(token);
        assertThat(as("admin", "kubengRevoke", body).statusCode()).isEqualTo(200);
        assertThat(KubengKeys.get().isTokenOf("edge", "one", token)).isFalse();
        assertThat(as("admin", "kubengToken", body.replace("one", "three")).statusCode())
                .isEqualTo(422);
        NginxCluster both = new NginxCluster("edge", List.of(new NginxNodeSettings("/a", "/b")));
        both.setDaemons("one");
        NginxCluster named = new NginxCluster("edge", List.of());
        named.setDaemons("../one");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            for (NginxCluster wrong : List.of(both, named)) {
                Assertions.assertThatThrownBy(() -> NginxConfiguration.get().setClusters(List.of(wrong)))
                        .isInstanceOf(Refusal.class);
            }
        }
    }

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
}
