package io.jenkins.plugins.shera.nginx.pages;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A tenant that looks at three real nginx, of which somebody edited one by hand; users admin, dev, who may route, and reader. */
abstract class NgFrontRig {
    static final String FRONT = "shera/tenant/retail/nginx/";

    @TempDir
    Path folder;

    final List<RealNginx> nodes = new ArrayList<>();
    JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        for (int i = 0; i < 3; i++) {
            nodes.add(RealNginx.start(Files.createDirectory(folder.resolve("n" + i))));
        }
        int port = nodes.get(0).port();
        together(nodes, nginx -> {
            NginxNode node = new NginxNode(nginx.installation());
            node.publish(route("retail", "shop", "shop.example.com", nginx.port(), "10.0.0.5"));
            node.publish(route("bank", "vault", "vault.example.com", nginx.port(), "10.0.0.66"));
        });
        new NginxNode(nodes.get(0).installation())
                .weigh(Weight.of(
                        RouteOwner.of("retail", "shop", "dev"),
                        20,
                        List.of(),
                        List.of(Member.of("10.0.0.7", 8080, 1)),
                        "r",
                        1));
        edit("weight=1", "weight=7");
        NginxCluster own = cluster("edge", "retail", port);
        NginxCluster shared = cluster("common", "retail bank", port);
        rule.createProject(Folder.class, "retail");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Tenant retail = new Tenant("retail");
            retail.setFolder("retail");
            SheraConfiguration.get().setTenants(List.of(retail));
            NginxConfiguration.get().setClusters(List.of(own, shared, cluster("theirs", "bank", port)));
        }
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW, SheraPermissions.ROUTE)
                .everywhere()
                .to("dev")
                .grant(Jenkins.READ, Item.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("reader"));
    }

    @AfterEach
    void stop() throws Exception {
        for (RealNginx nginx : nodes) {
            nginx.close();
        }
    }

    /** What is done with a node. */
    interface Work {
        void with(RealNginx nginx) throws Exception;
    }

    /** On all at once: each proves for a while that its workers changed, and none has to wait for the others. */
    static void together(List<RealNginx> nodes, Work work) throws Exception {
        CompletableFuture.allOf(nodes.stream()
                        .map(nginx -> CompletableFuture.runAsync(() -> {
                            try {
                                work.with(nginx);
                            } catch (Exception e) {
                                throw new CompletionException(e);
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .get();
    }

    void edit(String from, String to) throws Exception {
        Path file = nodes.get(1).installation().folder().resolve("current/routes.conf");
        Files.writeString(file, Files.readString(file).replace("10.0.0.5:80 " + from, "10.0.0.5:80 " + to));
    }

    NginxCluster cluster(String id, String tenants, int port) {
        NginxCluster cluster =
                new NginxCluster(id, nodes.stream().map(NgFrontRig::settings).toList());
        cluster.setTenants(tenants);
        cluster.setPort(port);
        return cluster;
    }

    static NginxNodeSettings settings(RealNginx nginx) {
        NginxInstallation installation = nginx.installation();
        NginxNodeSettings node = new NginxNodeSettings(
                installation.mainConfig().toString(), installation.folder().toString());
        node.setBinary(installation.binary().toString());
        node.setVersionPort(installation.versionPort());
        return node;
    }

    static Route route(String tenant, String application, String host, int port, String address) throws Exception {
        return Route.of(RouteOwner.of(tenant, application, "dev"), host, port, "/", List.of(Member.of(address, 80, 1)));
    }

    HttpResponse<byte[]> overwrite(String user, String cluster) throws Exception {
        return post(user, "overwrite", "{\"nginx\":\"" + cluster + "\"}");
    }

    HttpResponse<byte[]> post(String user, String path, String body) throws Exception {
        return send(
                user,
                jenkins.createApiToken(User.getById(user, true)),
                request(user, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    JsonNode json(String user, String path) throws Exception {
        return new ObjectMapper().readTree(send(user, request(user, path)).body());
    }

    HttpRequest.Builder request(String user, String path) throws Exception {
        return HttpRequest.newBuilder(URI.create(jenkins.getURL() + FRONT + path));
    }

    static HttpResponse<byte[]> send(String user, HttpRequest.Builder request) throws Exception {
        return send(user, user, request);
    }

    static HttpResponse<byte[]> send(String user, String password, HttpRequest.Builder request) throws Exception {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return HttpClient.newHttpClient()
                .send(
                        request.header("Authorization", "Basic " + login).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }
}
