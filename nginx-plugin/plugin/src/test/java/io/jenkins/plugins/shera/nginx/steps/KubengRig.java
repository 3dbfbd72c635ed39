package io.jenkins.plugins.shera.nginx.steps;

import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.kubeng.daemon.Daemon;
import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import org.awaitility.core.ConditionFactory;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A Jenkins with an nginx cluster of two KubeNg nodes, two tenants, and a real nginx for each node. */
@WithJenkins
abstract class KubengRig {
    @TempDir
    Path folder;

    final List<AutoCloseable> toClose = new ArrayList<>();
    JenkinsRule jenkins;
    RealNginx one;
    RealNginx two;

    static ConditionFactory soon() {
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
        RealNginx nginx = nginxIn(Files.createDirectory(folder.resolve(name)));
        toClose.add(nginx);
        return nginx;
    }

    RealNginx nginxIn(Path home) throws Exception {
        return RealNginx.startLogging(home);
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    Path settings(RealNginx nginx, String node) throws Exception {
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
                metrics.log=%6$s
                nginx.streamPort=%7$d
                """
                        .formatted(
                                home,
                                nginx.installation().binary(),
                                nginx.installation().versionPort(),
                                jenkins.getURL(),
                                node,
                                nginx.requestLog(),
                                nginx.installation().streamPort()));
        return file;
    }

    Daemon daemon(RealNginx nginx, String node) throws Exception {
        Path file = settings(nginx, node);
        Files.writeString(folder.resolve(node).resolve("token"), token(node) + "\n");
        Daemon daemon = Daemon.start(Settings.read(file));
        toClose.add(daemon);
        return daemon;
    }

    static String token(String node) throws IOException {
        return KubengKeys.get().renew("edge", node);
    }

    int backend(String says) throws IOException {
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

    static String ask(int port) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\nHost: shop.example.com\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    static String publish(int backend) {
        return "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', members: ['127.0.0.1:"
                + backend + "'])\n";
    }

    WorkflowRun run(String name, String tenant, String script) throws Exception {
        Folder in = jenkins.jenkins.getItemByFullName(tenant, Folder.class);
        WorkflowJob job = in.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }

    HttpResponse<String> get(String token, String tag, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> as(String user, String path, String body) throws Exception {
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

    static NginxCluster edge() {
        return NginxConfiguration.get().getClusters().get(0);
    }

    void oneNode() {
        NginxCluster edge = new NginxCluster("edge", List.of());
        edge.setDaemons("one");
        edge.setTenants("retail bank");
        edge.setPort(one.port());
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setClusters(List.of(edge));
        }
    }

    int post(String token, String path, byte[] body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(jenkins.getURL() + "shera-kubeng/" + path))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
