package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import io.jenkins.plugins.shera.nginx.neighbours.CertificateConnections;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.node.TlsCall;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds and programs of two tenants, and real handshakes with a real nginx. */
@WithJenkins
class CertificatesTest {
    private static final String FRONT = "shera/tenant/retail/nginx/";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RealNginx nginx;
    private TwoTenants tenants;
    private NginxCluster edge;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        nginx = RealNginx.start(Files.createDirectory(folder.resolve("one")));
        tenants = new TwoTenants(rule, nginx.tlsPort());
        edge = tenants.nodes(nginx);
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void buildsPublishOverTlsAndAPutRenewsWhatTheyPublished() throws Exception {
        TestCertificate first = TestCertificate.of("shop.example.com");
        TestCertificate second = TestCertificate.of("shop.example.com");
        put("dev", FRONT, "shop", first, 200);

        WorkflowRun run = tenants.run(
                "publish",
                "retail",
                TwoTenants.publish(
                        "shop.example.com", "certificate: 'shop', redirect: true, hsts: 31536000, http2: true"));

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("at https://shop.example.com:" + tenants.tlsPort() + "/", run);
        TlsCall.Answer answer = TlsCall.get(tenants.tlsPort(), "shop.example.com", "/");
        assertThat(answer.certificate()).isEqualTo(first.own());
        assertThat(answer.text()).contains("Strict-Transport-Security: max-age=31536000\r\n");
        assertThat(TlsCall.plain(nginx.port(), "shop.example.com", "/x")).startsWith("HTTP/1.1 308");

        String said = put("dev", FRONT, "shop", second, 200);

        assertThat(said).contains("\"notAfter\"");
        assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                .isEqualTo(second.own());
        JsonNode listed = tenants.json("reader", FRONT + "certificates?cluster=edge");
        assertThat(listed.at("/certificates/0/names/0").asText()).isEqualTo("shop.example.com");
        assertThat(listed.at("/certificates/0/daysLeft").asInt()).isEqualTo(89);
        assertThat(listed.path("mayPut").asBoolean()).isFalse();
        assertThat(tenants.json("dev", FRONT + "nodes?cluster=edge")
                        .at("/nodes/0/routes/0/tls/redirect")
                        .asInt())
                .isEqualTo(308);
    }

    @Test
    void refusesAWrongKeyWhatIsOverAndOtherNamesAndTheOldGenerationStays() throws Exception {
        TestCertificate good = TestCertificate.of("shop.example.com");
        put("dev", FRONT, "shop", good, 200);
        jenkins.assertBuildStatus(
                Result.SUCCESS,
                tenants.run("publish", "retail", TwoTenants.publish("shop.example.com", "certificate: 'shop'")));
        long before = new NginxNode(nginx.installation()).drift().generation();

        TestCertificate other = TestCertificate.of("shop.example.com");
        Map<String, Object> mixed = Map.of("nginx", "edge", "name", "shop", "chain", good.chain(), "key", other.key());
        HttpResponse<String> refused = tenants.post("dev", FRONT + "putCertificate", mixed);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("The private key does not belong to the first certificate.")
                .doesNotContain(other.secret());
        assertThat(put("dev", FRONT, "shop", TestCertificate.made("EC", -9, -1, "shop.example.com"), 422))
                .contains("ended on");
        assertThat(put("dev", FRONT, "shop", TestCertificate.of("other.example.com"), 422))
                .contains("The certificate is not good for shop.example.com, only for: other.example.com.");

        assertThat(new NginxNode(nginx.installation()).drift().generation()).isEqualTo(before);
        assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                .isEqualTo(good.own());
        WorkflowRun wrong =
                tenants.run("wrong", "retail", TwoTenants.publish("other.example.com", "certificate: 'shop'"));
        jenkins.assertBuildStatus(Result.FAILURE, wrong);
        jenkins.assertLogContains("The certificate is not good for other.example.com", wrong);
    }

    @Test
    void aTenantShowsItsOwnCertificatesAndThoseOfThePlatformAlone() throws Exception {
        put("dev", "shera/tenant/bank/nginx/", "vault", TestCertificate.of("shop.example.com"), 200);

        WorkflowRun taken =
                tenants.run("taken", "retail", TwoTenants.publish("shop.example.com", "certificate: 'vault'"));

        jenkins.assertBuildStatus(Result.FAILURE, taken);
        jenkins.assertLogContains("There is no certificate 'vault' on nginx cluster edge that tenant retail", taken);
        assertThat(tenants.json("dev", FRONT + "certificates?cluster=edge").path("certificates"))
                .isEmpty();
        Map<String, Object> theirs = Map.of("nginx", "edge", "name", "vault");
        assertThat(tenants.post("dev", FRONT + "deleteCertificate", theirs).statusCode())
                .isEqualTo(422);

        TestCertificate wild = TestCertificate.of("*.example.com");
        Map<String, Object> platform =
                Map.of("nginx", "edge", "name", "wild", "chain", wild.chain(), "key", wild.key(), "platform", true);
        assertThat(tenants.post("dev", FRONT + "putCertificate", platform).statusCode())
                .isEqualTo(403);
        assertThat(tenants.post("reader", FRONT + "putCertificate", platform).statusCode())
                .isEqualTo(403);
        assertThat(tenants.post("admin", FRONT + "putCertificate", platform).statusCode())
                .isEqualTo(200);
        for (String tenant : List.of("retail", "bank")) {
            String host = tenant + ".example.com";
            jenkins.assertBuildStatus(
                    Result.SUCCESS, tenants.run("wild", tenant, TwoTenants.publish(host, "certificate: 'wild'")));
            assertThat(TlsCall.get(tenants.tlsPort(), host, "/").certificate()).isEqualTo(wild.own());
        }
        HttpResponse<String> used = tenants.post(
                "admin", FRONT + "deleteCertificate", Map.of("nginx", "edge", "name", "wild", "platform", true));
        assertThat(used.statusCode()).isEqualTo(409);
        assertThat(used.body()).contains("Routes show it: 2.").doesNotContain("bank");
    }

    @Test
    void neverGivesAKeyAway() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        put("dev", FRONT, "shop", made, 200);
        WorkflowRun run =
                tenants.run("publish", "retail", TwoTenants.publish("shop.example.com", "certificate: 'shop'"));
        jenkins.assertBuildStatus(Result.SUCCESS, run);

        for (String path : List.of(
                FRONT,
                FRONT + "api/json",
                FRONT + "certificates?cluster=edge",
                FRONT + "nodes?cluster=edge",
                FRONT + "download?cluster=edge",
                "shera/audit/api/json",
                "manage/configure",
                run.getUrl() + "consoleText")) {
            HttpResponse<String> answer = tenants.get("admin", path);
            assertThat(answer.body()).as(path).doesNotContain(made.secret());
        }
        assertThat(jenkins.getLog(run)).doesNotContain(made.secret());
        Path home = jenkins.jenkins.getRootDir().toPath();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> text(file).contains(made.secret())))
                    .isEmpty();
        }
    }

    @Test
    void leavesEveryNodeAsItWasWhenOneRefusesTheRenewal() throws Exception {
        Path second = Files.createDirectory(folder.resolve("second"));
        try (RealNginx other = RealNginx.start(second)) {
            TestCertificate first = TestCertificate.of("shop.example.com");
            put("dev", FRONT, "shop", first, 200);
            jenkins.assertBuildStatus(
                    Result.SUCCESS,
                    tenants.run("publish", "retail", TwoTenants.publish("shop.example.com", "certificate: 'shop'")));
            // Both are on this machine, so the second one's ports are others.
            Route shown = new NginxNode(nginx.installation())
                    .routes()
                    .routes()
                    .iterator()
                    .next();
            RouteTls tls = shown.tls();
            new NginxNode(other.installation())
                    .publish(
                            new Route(
                                    shown.owner(),
                                    shown.host(),
                                    other.port(),
                                    shown.path(),
                                    shown.members(),
                                    new RouteTls(
                                            tls.certificate(),
                                            tls.version(),
                                            other.tlsPort(),
                                            0,
                                            0,
                                            false,
                                            tls.http2()),
                                    null),
                            List.of(first.pair()));
            Path main = other.installation().mainConfig();
            Files.writeString(main, Files.readString(main).replace("access_log off;", "no_such_directive on;"));
            tenants.nodes(nginx, other);

            String said = put("dev", FRONT, "shop", TestCertificate.of("shop.example.com"), 409);

            assertThat(said).contains("Node built-in-2 of nginx cluster edge did not take the certificate");
            assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                    .isEqualTo(first.own());
            assertThat(new NginxNode(nginx.installation()).drift().isNone()).isTrue();
            assertThat(NginxConfiguration.get()
                            .certificate("edge", "retail/shop")
                            .orElseThrow()
                            .pair()
                            .orElseThrow()
                            .version())
                    .isEqualTo(first.pair().version());
        }
    }

    @Test
    void tellsInTimeThatOneEndsAndOnceForEachOfTheDays() throws Exception {
        TestCertificate soon = TestCertificate.made("EC", -1, 10, "shop.example.com");
        put("dev", FRONT, "shop", soon, 200);
        WorkflowRun run =
                tenants.run("publish", "retail", TwoTenants.publish("shop.example.com", "certificate: 'shop'"));
        jenkins.assertLogContains("Warning: certificate shop ends in 9 day(s)", run);

        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CertificateWatch.get().tellEnds();
            CertificateWatch.get().tellEnds();
        }

        assertThat(Timelines.get()
                        .of(SheraConfiguration.get().application("retail", "shop"))
                        .page(Long.MAX_VALUE, 10, null)
                        .entries())
                .filteredOn(entry -> entry.title().contains("ends in"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.title()).isEqualTo("Certificate shop ends in 9 day(s)");
                    assertThat(entry.environment()).isEqualTo("dev");
                });
        assertThat(tenants.get("admin", "shera/audit/api/json").body()).contains("certificate.ends");
        assertThat(new CertificateMeters().readings()).singleElement().satisfies(reading -> {
            assertThat(reading.labels()).containsEntry("certificate", "shop").containsEntry("tenant", "retail");
            assertThat((long) reading.value())
                    .isEqualTo(soon.pair().facts().notAfter().getEpochSecond());
        });
        ConnectionKind.Connection health =
                new CertificateConnections().connections().get(0);
        assertThatThrownBy(health::test).isInstanceOf(IOException.class).hasMessageContaining("in 9 day(s).");
        put("dev", FRONT, "shop", TestCertificate.of("shop.example.com"), 200);
        assertThat(new CertificateConnections().connections().get(0).test().toString())
                .contains("for 89 more days");
    }

    @Test
    void bringsNodesWhatConfigurationAsCodeChanged() throws Exception {
        put("dev", FRONT, "shop", TestCertificate.of("shop.example.com"), 200);
        jenkins.assertBuildStatus(
                Result.SUCCESS,
                tenants.run("publish", "retail", TwoTenants.publish("shop.example.com", "certificate: 'shop'")));
        TestCertificate fresh = TestCertificate.of("shop.example.com");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            NginxConfiguration.get().setCertificates(List.of(TwoTenants.given("retail", "shop", fresh)));
            assertThatThrownBy(() -> NginxConfiguration.get()
                            .setCertificates(List.of(TwoTenants.given("retail", "Not a name", fresh))))
                    .isInstanceOf(Refusal.class);

            CertificateWatch.get().follow();
        }

        assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                .isEqualTo(fresh.own());
        assertThat(new NginxConfiguration().getCertificates())
                .singleElement()
                .satisfies(read -> assertThat(read.getKey().getPlainText()).isEqualTo(fresh.key()));
    }

    private String put(String user, String front, String name, TestCertificate made, int status) throws Exception {
        HttpResponse<String> answer = tenants.post(
                user,
                front + "putCertificate",
                Map.of("nginx", "edge", "name", name, "chain", made.chain(), "key", made.key()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain(made.secret());
        return answer.body();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
