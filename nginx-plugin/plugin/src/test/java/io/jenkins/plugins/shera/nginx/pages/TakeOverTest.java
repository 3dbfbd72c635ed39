package io.jenkins.plugins.shera.nginx.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.cli.ImportCommand;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Routes and own files are taken over on every node of a cluster or on none. */
@WithJenkins
class TakeOverTest extends NgFrontRig {
    @BeforeEach
    void applications() throws Exception {
        new NginxNode(nodes.get(1).installation()).overwrite();
        together(nodes, nginx -> new NginxNode(nginx.installation())
                .weigh(Weight.none(RouteOwner.of("retail", "shop", "dev"), "r", 2)));
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            KubernetesCluster east = new KubernetesCluster("east");
            east.setServer("https://127.0.0.1:9");
            SheraConfiguration.get().setClusters(List.of(east));
            Tenant retail = new Tenant("retail");
            retail.setFolder("retail");
            retail.setClusters(List.of("east"));
            retail.setNamespaces(List.of(new TenantNamespace("east", "retail")));
            SheraConfiguration.get().setTenants(List.of(retail));
            Application application = new Application("retail", "erp");
            application.setEnvironments(List.of(new Environment("dev", "east", "retail")));
            SheraConfiguration.get().setApplications(List.of(application));
        }
    }

    @Test
    void everyNodeHasWhatItHadWhenOneCannotServeWhatItTook() throws Exception {
        List<String> before = state();
        // All are on one machine: what the first listens at, the second accepts in its test and cannot open.
        HttpResponse<byte[]> refused = takeOver(0, route(nodes.get(0).port(), null));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .asString(StandardCharsets.UTF_8)
                .contains("built-in-2")
                .doesNotContain("built-in-3");
        assertThat(state()).isEqualTo(before);
        assertThat(nodes.get(0).ask("erp.example.com", "/")).contains("404 Not Found");
        assertThat(json("dev", "site?cluster=edge").path("newest").asInt()).isZero();

        assertThat(takeOver(0, null).statusCode()).as("files alone").isEqualTo(200);
        for (RealNginx nginx : nodes) {
            NginxNode node = new NginxNode(nginx.installation());
            assertThat(node.siteFiles()).containsOnlyKeys("erp.conf");
            assertThat(node.drift().isNone()).as(node.drift().toString()).isTrue();
        }
        assertThat(takeOver(0, null).statusCode()).as("made from an old state").isEqualTo(409);
    }

    @Test
    void aRouteIsTakenOverWithItsCertificate() throws Exception {
        one();
        RealNginx nginx = nodes.get(0);
        TestCertificate made = TestCertificate.of("erp.example.com");
        ObjectNode tls = new ObjectMapper()
                .createObjectNode()
                .put("certificate", "erp")
                .put("port", nginx.tlsPort())
                .put("redirect", true)
                .put("redirectStatus", 308);
        HttpResponse<byte[]> without = takeOver(0, route(nginx.port(), tls));
        assertThat(without.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(without.body()).asString(StandardCharsets.UTF_8).contains("erp");
        assertThat(new NginxNode(nginx.installation()).siteFiles()).isEmpty();

        ObjectNode put = new ObjectMapper()
                .createObjectNode()
                .put("nginx", "edge")
                .put("name", "erp")
                .put("chain", made.chain())
                .put("key", made.key());
        assertThat(post("dev", "putCertificate", put.toString()).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> done = takeOver(0, route(nginx.port(), tls));
        assertThat(done.statusCode())
                .as(new String(done.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        NginxNode node = new NginxNode(nginx.installation());
        assertThat(node.routes()
                        .of(RouteOwner.of("retail", "erp", "dev"))
                        .orElseThrow()
                        .tls()
                        .port())
                .isEqualTo(nginx.tlsPort());
        assertThat(node.siteFiles()).containsOnlyKeys("erp.conf");
        assertThat(node.drift().isNone()).as(node.drift().toString()).isTrue();
        assertThat(nginx.ask("erp.example.com", "/")).startsWith("HTTP/1.1 308").contains("https://erp.example.com");
    }

    @Test
    void theCommandLineTellsThePlanInEnglishAndChangesNothing() throws Exception {
        one();
        RealNginx nginx = nodes.get(0);
        List<String> before = state();
        Path main = nginx.installation().mainConfig();
        Path written = Files.createDirectories(main.resolveSibling("conf.d")).resolve("erp.conf");
        Files.writeString(
                written, "server { listen " + nginx.port() + "; server_name legacy.example.com; return 200 a; }\n");
        Files.writeString(
                main, Files.readString(main).replace("    include ", "    include conf.d/*.conf;\n    include "));

        assertThat(CommandCalls.cli(new ImportCommand(), "dev", new byte[0], "retail", "edge", "-node", "built-in"))
                .startsWith("0 ")
                .contains(written + ":1\tOWN_FILE\tserver\tIt is no route: it answers every request itself");
        String tree = "http { server { listen 8080; server_name a.example.com; root /srv; } }";
        assertThat(CommandCalls.cli(
                        new ImportCommand(), "dev", CommandCalls.zip("etc/nginx/nginx.conf", tree), "retail", "edge"))
                .startsWith("0 ")
                .contains("STAYS\tserver", "The directive 'root' is not among those that may be pushed");
        assertThat(CommandCalls.cli(
                        new ImportCommand(), "dev", "no zip".getBytes(StandardCharsets.UTF_8), "retail", "edge"))
                .startsWith("1 ")
                .contains("zip");
        assertThat(CommandCalls.cli(new ImportCommand(), "dev", new byte[0], "retail", "edge", "-node", "none"))
                .startsWith("1 ")
                .contains("built-in");
        assertThat(CommandCalls.cli(new ImportCommand(), "dev", new byte[0], "retail", "common", "-node", "built-in"))
                .startsWith("1 ");
        assertThat(CommandCalls.cli(new ImportCommand(), "reader", new byte[0], "retail", "edge", "-node", "built-in"))
                .startsWith("1 ");
        assertThat(state()).isEqualTo(before);
    }

    private void one() throws Exception {
        NginxCluster edge = new NginxCluster("edge", List.of(settings(nodes.get(0))));
        edge.setTenants("retail");
        edge.setPort(nodes.get(0).port());
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get()
                    .setClusters(List.of(
                            edge, cluster("common", "retail bank", nodes.get(0).port())));
        }
    }

    /** What each node has and serves. */
    private List<String> state() throws Exception {
        List<String> all = new ArrayList<>();
        for (RealNginx nginx : nodes) {
            NginxNode node = new NginxNode(nginx.installation());
            all.add(node.routes().routes() + " " + node.siteFiles() + " "
                    + node.drift().changes() + " " + node.drift().served());
        }
        return all;
    }

    private static JsonNode route(int port, ObjectNode tls) {
        ObjectNode route = new ObjectMapper()
                .createObjectNode()
                .put("application", "erp")
                .put("environment", "dev")
                .put("host", "erp.example.com")
                .put("port", port)
                .put("path", "/");
        route.putArray("members").add("127.0.0.1:9");
        if (tls != null) {
            route.set("tls", tls);
        }
        return route;
    }

    private HttpResponse<byte[]> takeOver(long base, JsonNode route) throws Exception {
        ObjectNode body =
                new ObjectMapper().createObjectNode().put("nginx", "edge").put("base", base);
        body.putObject("files").put("erp.conf", "upstream erp { server 10.0.0.9:8080; }\n");
        if (route == null) {
            body.putArray("routes");
        } else {
            body.putArray("routes").add(route);
        }
        return post("dev", "takeOver", body.toString());
    }
}
