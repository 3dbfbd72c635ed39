package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.kubeng.daemon.Daemon;
import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.node.TlsCall;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
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

/** A daemon that gets certificates from Jenkins and shows them, also when Jenkins does not answer it any more. */
@WithJenkins
class KubengTlsTest {
    private static final String PASSWORD = "correct horse battery";
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
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
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

    @Test
    void asksForPasswordsOfWhichTheNodeAloneGetsHashes() throws Exception {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(jenkins.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new UsernamePasswordCredentialsImpl(
                                    CredentialsScope.GLOBAL, "staff", "", "anna", PASSWORD));
        }
        WorkflowRun run = tenants.run(
                "publish",
                "retail",
                "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', members:"
                        + " ['127.0.0.1:1'], rules: [users: 'staff', realm: 'shop staff'])");
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogNotContains(PASSWORD, run);
        assertThat(page("")).startsWith("HTTP/1.1 401");
        assertThat(page("anna:guess")).startsWith("HTTP/1.1 401");
        assertThat(page("anna:" + PASSWORD)).startsWith("HTTP/1.1 502");

        Path users = nginx.installation().folder().resolve("users");
        String version;
        try (Stream<Path> files = Files.list(users)) {
            Path file = files.findFirst().orElseThrow();
            version = file.getFileName().toString();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .startsWith("rw-")
                    .endsWith("---");
        }
        assertThat(ask(token, "users/edge/one/" + version).body()).startsWith("anna:$6$");
        assertThat(ask("", "users/edge/one/" + version).statusCode()).isEqualTo(403);
        assertThat(ask(token, "users/edge/one/" + version.replace('a', 'b')).statusCode())
                .isEqualTo(404);
        assertThat(ask(token, "users/edge/one/..").statusCode()).isIn(400, 403, 404);
        assertThat(tenants.get("admin", FRONT + "nodes?cluster=edge").body())
                .contains("\"users\":\"staff\"")
                .doesNotContain("$6$");
        for (Path root : List.of(jenkins.jenkins.getRootDir().toPath().resolve("shera"), folder.resolve("state"))) {
            try (Stream<Path> files = Files.walk(root)) {
                assertThat(files.filter(Files::isRegularFile)
                                .filter(file -> text(file).contains("$6$")))
                        .isEmpty();
            }
        }

        // Jenkins is as good as away, and somebody took the file from nginx.
        KubengKeys.get().revoke("edge", "one");
        daemon.close();
        Files.delete(users.resolve(version));
        daemon = Daemon.start(Settings.read(folder.resolve("kubeng.properties")));
        await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(users.resolve(version)));
        await().atMost(Duration.ofSeconds(90))
                .until(() -> page("anna:" + PASSWORD).startsWith("HTTP/1.1 502"));
    }

    private String page(String login) throws IOException {
        String header = login.isEmpty()
                ? ""
                : "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII)) + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", nginx.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\n" + header + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
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
