package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.kubeng.daemon.Daemon;
import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.node.TlsCall;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A daemon that gets certificates from Jenkins and shows them, also when Jenkins does not answer it any more. */
@WithJenkins
class KubengTlsTest {
    private static final String FRONT = "shera/tenant/retail/nginx/";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RealNginx nginx;
    private TwoTenants tenants;
    private Daemon daemon;
    private String token;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        nginx = RealNginx.start(folder);
        tenants = new TwoTenants(rule, nginx.tlsPort());
        NginxCluster edge = new NginxCluster("edge", List.of());
        edge.setDaemons("one");
        edge.setPort(nginx.port());
        tenants.only(edge);
        token = KubengKeys.get().renew("edge", "one");
        Files.writeString(folder.resolve("token"), token);
        Files.writeString(folder.resolve("keys.pem"), ask("", "keys.pem").body());
        Files.writeString(
                folder.resolve("kubeng.properties"),
                """
                cluster=edge
                node=one
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
                                folder,
                                nginx.installation().binary(),
                                nginx.installation().versionPort(),
                                rule.getURL()));
        daemon = Daemon.start(Settings.read(folder.resolve("kubeng.properties")));
    }

    @AfterEach
    void stop() throws Exception {
        if (daemon != null) {
            daemon.close();
        }
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void showsWhatJenkinsGivesItRenewsItAndGoesOnAlone() throws Exception {
        TestCertificate first = TestCertificate.of("shop.example.com");
        TestCertificate second = TestCertificate.of("shop.example.com");
        put(first, 200);
        jenkins.assertBuildStatus(
                Result.SUCCESS,
                tenants.run("publish", "retail", TwoTenants.publish("shop.example.com", "certificate: 'shop'")));
        assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                .isEqualTo(first.own());

        put(second, 200);

        assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                .isEqualTo(second.own());
        assertThat(put(TestCertificate.of("other.example.com"), 422)).contains("not good for shop.example.com");
        Path state = folder.resolve("state");
        try (Stream<Path> files = Stream.concat(Files.walk(state), Files.walk(folder.resolve("intent")))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> text(file).contains(second.secret())))
                    .isEmpty();
        }
        assertThat(text(jenkins.jenkins.getRootDir().toPath().resolve("shera/kubeng/edge/routes.json")))
                .isNotEmpty()
                .doesNotContain("PRIVATE");

        // The token counts no more, so Jenkins is as good as away; the daemon begins anew, and so does nginx' folder of
        // keys.
        KubengKeys.get().revoke("edge", "one");
        daemon.close();
        try (Stream<Path> keys = Files.list(nginx.installation().folder().resolve("tls"))) {
            for (Path key : keys.toList()) {
                Files.delete(key);
            }
        }
        daemon = Daemon.start(Settings.read(folder.resolve("kubeng.properties")));
        await().atMost(Duration.ofSeconds(90))
                .until(() -> daemon.state(Intent.Kind.ROUTES).generation() > 0
                        && daemon.state(Intent.Kind.ROUTES).error().isEmpty());
        assertThat(TlsCall.get(tenants.tlsPort(), "shop.example.com", "/").certificate())
                .isEqualTo(second.own());
        assertThat(nginx.installation().folder().resolve("tls/" + second.pair().version() + ".key"))
                .exists();
    }

    @Test
    void givesACertificateToTheNodeAloneAndOnlyOneThatItsDocumentNames() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        put(made, 200);
        String address = "certificate/edge/one/" + made.pair().version();
        assertThat(ask(token, address).statusCode()).as("no route shows it").isEqualTo(404);
        jenkins.assertBuildStatus(
                Result.SUCCESS,
                tenants.run("publish", "retail", TwoTenants.publish("shop.example.com", "certificate: 'shop'")));

        assertThat(ask(token, address).body()).contains(made.secret());
        for (String wrong : List.of("", "x", token + "x")) {
            HttpResponse<String> refused = ask(wrong, address);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).doesNotContain(made.secret());
        }
        assertThat(ask(token, "certificate/edge/two/" + made.pair().version()).statusCode())
                .isEqualTo(403);
        assertThat(ask(token, "certificate/edge/one").statusCode()).isEqualTo(403);
    }

    private String put(TestCertificate made, int status) throws Exception {
        HttpResponse<String> answer = tenants.post(
                "dev",
                FRONT + "putCertificate",
                Map.of("nginx", "edge", "name", "shop", "chain", made.chain(), "key", made.key()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private HttpResponse<String> ask(String bearer, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + "shera-kubeng/" + path));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
