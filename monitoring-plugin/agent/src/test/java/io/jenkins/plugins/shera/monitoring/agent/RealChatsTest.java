package io.jenkins.plugins.shera.monitoring.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.monitoring.agent.http.TestCertificate;
import io.jenkins.plugins.shera.monitoring.alertmanager.AlertmanagerConfig;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeBook;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticePolicy;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeRoute;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import io.jenkins.plugins.shera.monitoring.alertmanager.Receiver;
import io.jenkins.plugins.shera.monitoring.alertmanager.TenantBlock;
import io.jenkins.plugins.shera.monitoring.chats.ChatTarget;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.served.ChatDaemon;
import io.jenkins.plugins.shera.monitoring.sources.TrustedPem;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as a process of its own, a real Alertmanager, and nobody else: Jenkins said who is to be told, and is gone. */
class RealChatsTest {

    private static final String PUSH = "0123456789abcdef0123456789abcdef";
    private static final String HOOK = "fedcba9876543210";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private int port;
    private Process daemon;
    private HttpServer robot;
    private RealAlertmanager alertmanager;
    private String scheme = "http";
    private String trusted;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> answer = new AtomicReference<>("{\"errcode\":0}");

    @BeforeEach
    void start() throws Exception {
        robot = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        robot.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        robot.start();
        alertmanager = RealAlertmanager.start(folder.resolve("am"));
        port = RealPrometheus.freePort();
        Files.writeString(folder.resolve("token"), PUSH);
        Files.writeString(
                folder.resolve("agent.properties"),
                "roles=chats\nchats.listen=127.0.0.1:" + port + "\nchats.folder=" + folder.resolve("chats")
                        + "\nchats.pushToken=" + folder.resolve("token") + "\n");
        startDaemon();
    }

    private void startDaemon() throws Exception {
        daemon = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.jenkins.plugins.shera.monitoring.agent.Main",
                        folder.resolve("agent.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("daemon.out").toFile())
                .start();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
    }

    private void stopDaemon() throws Exception {
        daemon.destroy();
        assertThat(daemon.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        daemon.destroyForcibly();
        alertmanager.close();
        robot.stop(0);
    }

    private ChatDaemon client() {
        return new ChatDaemon(
                URI.create(scheme + "://127.0.0.1:" + port), trusted == null ? null : TrustedPem.of(trusted), PUSH);
    }

    private ChatTarget ops(String kind) {
        return new ChatTarget(
                "ops",
                kind,
                "http://127.0.0.1:" + robot.getAddress().getPort() + "/robot",
                "SECret",
                ChatTarget.digest(HOOK));
    }

    private void setUp() throws Exception {
        client().bring("retail", List.of(ops("dingtalk")));
        Receiver hook = new Receiver(
                "ops", "webhook", "", scheme + "://127.0.0.1:" + port + ChatDaemon.PATH + "/retail/ops", "");
        Map<String, String> secrets = new HashMap<>(Map.of("ops", HOOK));
        if (trusted != null) {
            secrets.put(TenantBlock.authority("ops"), trusted);
        }
        new AlertmanagerConfig(alertmanager.config(), RealAlertmanager.amtool(), alertmanager.client())
                .push(new AlertmanagerConfig.Wanted(
                        "retail",
                        new NoticeBook(1, List.of(hook), List.of(new NoticeRoute("ops", "", "", "", ""))),
                        NoticePolicy.open(),
                        secrets));
    }

    private void alert(String metric) throws Exception {
        alertmanager.alert("{\"alertname\":\"Shera\",\"managed_by\":\"shera\",\"tenant\":\"retail\",\"application\":\""
                + metric + "\",\"environment\":\"dev\",\"metric\":\"" + metric + "\",\"severity\":\"critical\"}");
    }

    private boolean heard(String application) {
        return told.stream().anyMatch(each -> each.contains("[FIRING] critical retail/" + application + "/dev"));
    }

    @Test
    void aRobotIsToldWithoutJenkinsAfterARestartOfTheDaemonAndAfterARefusal() throws Exception {
        setUp();
        stopDaemon();
        startDaemon();
        alert("threads");
        await().atMost(PATIENCE).until(() -> heard("threads"));
        assertThat(told.get(0)).startsWith("{\"msgtype\":\"text\"");
        assertThat(asked.get(0)).matches("/robot\\?timestamp=[0-9]{13}&sign=[A-Za-z0-9%]{40,}");

        // Robots say no in an answer of 200; Alertmanager has to hear of it, or it would not try again.
        answer.set("{\"errcode\":45009}");
        alert("sockets");
        await().atMost(PATIENCE).until(() -> heard("sockets"));
        told.clear();
        answer.set("{\"errcode\":0}");
        await().atMost(PATIENCE).until(() -> heard("sockets"));

        // What is told while the daemon is away is told when it is back.
        stopDaemon();
        alert("files");
        startDaemon();
        await().atMost(PATIENCE).until(() -> heard("files"));
        assertThat(Files.readString(folder.resolve("daemon.out"))).doesNotContain("/robot");
    }

    private int status(String method, String path, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void refusesStrangersOtherTenantsAndWhatItCannotRead() throws Exception {
        client().bring("retail", List.of(ops("lark")));
        assertThat(client().tenants()).containsExactly("retail");
        String tenant = ChatDaemon.PATH + "/retail";
        for (String stranger : List.of("", "Bearer x", "Bearer " + HOOK)) {
            assertThat(status("PUT", tenant, stranger, "{}")).isEqualTo(401);
            assertThat(status("GET", tenant, stranger, "")).isEqualTo(401);
            assertThat(status("GET", ChatDaemon.PATH, stranger, "")).isEqualTo(401);
        }
        String own = "Bearer " + PUSH;
        assertThat(status("PUT", tenant, own, "no json")).isEqualTo(400);
        assertThat(status("PUT", tenant, own, "{\"after\":1,\"targets\":[{\"receiver\":\"a\"}]}"))
                .isEqualTo(422);
        assertThat(status("PUT", tenant, own, "{\"after\":0,\"targets\":[]}")).isEqualTo(409);

        String alert = "{\"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"ab\",\"labels\":{\"tenant\":\"%s\","
                + "\"application\":\"<at id=all>\",\"environment\":\"dev\",\"severity\":\"critical\"}}]}";
        for (String stranger : List.of("", own, "Bearer " + ChatTarget.digest(HOOK))) {
            assertThat(status("POST", tenant + "/ops", stranger, alert.formatted("retail")))
                    .isEqualTo(503);
        }
        assertThat(status("POST", tenant + "/other", "Bearer " + HOOK, alert.formatted("retail")))
                .isEqualTo(503);
        assertThat(status("POST", tenant + "/ops", "Bearer " + HOOK, "{")).isEqualTo(400);
        assertThat(status("POST", tenant + "/ops", "Bearer " + HOOK, alert.formatted("bank")))
                .isEqualTo(204);
        assertThat(told).isEmpty();
        assertThat(status("POST", tenant + "/ops", "Bearer " + HOOK, alert.formatted("retail")))
                .isEqualTo(204);
        assertThat(told)
                .singleElement()
                .asString()
                .contains("msg_type")
                .contains("\"sign\":\"")
                .doesNotContain("<at");

        client().bring("retail", List.of());
        assertThat(status("POST", tenant + "/ops", "Bearer " + HOOK, alert.formatted("retail")))
                .isEqualTo(503);
        assertThatThrownBy(() -> client().bring(
                                "retail", List.of(new ChatTarget("ops", "slack", "https://a", "", "0".repeat(64)))))
                .hasMessageContaining("no chat");
    }

    @Test
    void aDaemonOfAPrivateAuthorityIsToldByBothWhoKnowItAndByNobodyElse() throws Exception {
        stopDaemon();
        TestCertificate made = TestCertificate.make(folder.resolve("tls"), "127.0.0.2");
        Files.writeString(folder.resolve("tls.crt"), made.chain());
        Files.writeString(folder.resolve("tls.key"), made.key());
        Path settings = folder.resolve("agent.properties");
        Files.writeString(
                settings,
                Files.readString(settings) + "certificate=" + folder.resolve("tls.crt") + "\nkey="
                        + folder.resolve("tls.key") + "\n");
        startDaemon();
        scheme = "https";
        assertThatThrownBy(() -> client().bring("retail", List.of(ops("lark")))).isInstanceOf(IOException.class);

        trusted = made.chain();
        setUp();
        alert("threads");
        await().atMost(PATIENCE).until(() -> heard("threads"));
    }

    @Test
    void settingsThatWouldShowSecretsAreRefused() throws Exception {
        Path file = folder.resolve("bad.properties");
        for (String bad : List.of(
                "chats.listen=127.0.0.1:0",
                "chats.listen=0.0.0.0:0\nchats.pushToken=/token",
                "certificate=/c\nchats.listen=127.0.0.1:0\nchats.pushToken=/token")) {
            Files.writeString(file, bad);
            assertThatThrownBy(() -> ChatSettings.read(file)).as(bad).hasMessageContaining("setting");
        }
    }

    /** Thirty minutes in real time. */
    @Tag("soak")
    @Test
    void everyAlertIsDeliveredWhileJenkinsIsStoppedForHalfAnHour() throws Exception {
        setUp();
        for (int minute = 0; minute < 30; minute++) {
            String application = "app" + minute;
            alert(application);
            await().atMost(PATIENCE).until(() -> heard(application));
            TimeUnit.MINUTES.sleep(1);
        }
    }
}
