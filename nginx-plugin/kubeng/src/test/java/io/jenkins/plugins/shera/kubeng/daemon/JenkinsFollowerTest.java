package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.kubeng.jenkins.JenkinsAccess;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon with a real nginx and a Jenkins that lies, forgets and goes away. */
@Tag("slow")
class JenkinsFollowerTest {
    private static final String TOKEN = "a-token-that-is-long-enough";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private final Map<String, byte[]> adopted = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private volatile int status = 200;
    private volatile byte[] told = {};
    private RealNginx nginx;
    private KeyPair key;
    private HttpServer jenkins;
    private Path settings;

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).ignoreExceptions();
    }

    @BeforeEach
    void prepare() throws Exception {
        nginx = RealNginx.start(folder);
        toClose.add(nginx);
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        jenkins = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jenkins.setExecutor(Executors.newCachedThreadPool());
        jenkins.createContext("/shera-kubeng/", this::answer);
        jenkins.start();
        toClose.add(() -> jenkins.stop(0));
        Files.writeString(
                folder.resolve("keys.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(key.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        Files.writeString(folder.resolve("token"), TOKEN + "\n");
        settings = folder.resolve("kubeng.properties");
        Files.writeString(
                settings,
                """
                cluster=edge
                node=one
                jenkins=http://127.0.0.1:%4$d
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
                                jenkins.getAddress().getPort()));
    }

    @AfterEach
    void close() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    /** Answers at once and never 304, as a careless server would. */
    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        byte[] body = exchange.getRequestBody().readAllBytes();
        int code = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization")) ? status : 403;
        byte[] answer = {};
        if (code == 403 && path[2].equals("document")) {
            refused.add(path[5]);
        }
        if (code == 200 && path[2].equals("document")) {
            answer = served.getOrDefault(path[5], answer);
            code = answer.length == 0 ? 204 : 200;
        } else if (code != 403 && path[2].equals("adopt")) {
            adopted.put(path[5], body);
            code = 204;
        } else if (code != 403 && path[2].equals("state")) {
            told = body;
            code = 204;
        }
        exchange.sendResponseHeaders(code, answer.length == 0 ? -1 : answer.length);
        if (answer.length > 0) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    private Daemon start() throws IOException {
        Daemon daemon = Daemon.start(Settings.read(settings));
        toClose.add(daemon);
        return daemon;
    }

    private byte[] signed(String cluster, long generation, int port) throws Exception {
        return SignedIntent.sign(intent(cluster, generation, port), key.getPrivate());
    }

    private Intent intent(String cluster, long generation, int port) throws Exception {
        return Intent.ofRoutes(
                cluster,
                generation,
                List.of(new IntendedRoute(
                        RouteOwner.of("retail", "shop", "dev"),
                        "shop.example.com",
                        nginx.port(),
                        "/",
                        List.of(Target.of(Member.of("127.0.0.1", port, 1))))));
    }

    private JsonNode told() throws IOException {
        return new ObjectMapper().readTree(told);
    }

    @Test
    void forgedOldAndForeignDocumentsAreRefusedAndToldAndChangeNothing() throws Exception {
        Daemon daemon = start();
        served.put("routes", signed("edge", 5, 7001));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 5);
        // Nobody listens there: that is told, and the member stays.
        soon().until(() -> told().at("/unreached/0/why").asText().equals("REFUSED"));
        assertThat(told().at("/unreached/0/owner").asText()).isEqualTo("retail.shop.dev");
        assertThat(Files.readString(folder.resolve("routes/current/routes.conf")))
                .contains("127.0.0.1:7001");
        Path inForce = folder.resolve("state/routes.json");
        byte[] before = Files.readAllBytes(inForce);

        KeyPair stranger = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        served.put("routes", SignedIntent.sign(intent("edge", 6, 7002), stranger.getPrivate()));
        soon().until(() -> told().at("/routes/problem").asText().contains("not signed by a key that this node trusts"));
        served.put("routes", signed("edge", 4, 7002));
        soon().until(() -> told().at("/routes/problem").asText().contains("older than generation 5"));
        served.put("routes", signed("edge", 5, 7002));
        soon().until(() -> told().at("/routes/problem").asText().contains("two different documents"));
        served.put("routes", signed("other", 6, 7002));
        soon().until(() -> told().at("/routes/problem").asText().contains("nginx cluster 'other'"));

        assertThat(Files.readAllBytes(inForce)).isEqualTo(before);
        assertThat(Files.readAllBytes(folder.resolve("intent/routes.json"))).isEqualTo(before);
        assertThat(told().at("/routes/generation").asLong()).isEqualTo(5);
        assertThat(told().at("/routes/sha").asText())
                .isEqualTo(intent("edge", 5, 7001).tag().substring(2));
        served.put("routes", signed("edge", 6, 7003));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 6);
        soon().until(() -> told().at("/routes/problem").asText().isEmpty());
    }

    @Test
    void goesOnWithoutJenkinsAndGivesItBackWhatItLost() throws Exception {
        byte[] document = signed("edge", 3, 7001);
        served.put("routes", document);
        Daemon first = start();
        soon().until(() -> first.state(Intent.Kind.ROUTES).generation() == 3);
        first.close();
        status = 503;
        Daemon second = start();
        soon().until(() -> second.state(Intent.Kind.ROUTES).generation() == 3);
        assertThat(second.state(Intent.Kind.ROUTES).error()).isEmpty();
        status = 409;
        soon().until(() -> adopted.containsKey("routes"));
        assertThat(adopted.get("routes")).isEqualTo(document);
        Files.writeString(folder.resolve("token"), "a-token-of-another-node-or-time");
        // A request with the token of before may still be on its way.
        soon().until(() -> refused.contains("routes"));
        status = 200;
        served.put("routes", signed("edge", 4, 7002));
        refused.clear();
        soon().until(() -> refused.contains("routes"));
        assertThat(second.state(Intent.Kind.ROUTES).generation()).isEqualTo(3);
        Files.writeString(folder.resolve("token"), TOKEN);
        soon().until(() -> second.state(Intent.Kind.ROUTES).generation() == 4);
    }

    @Test
    void sendsItsTokenNowhereInTheOpen() {
        for (String url : List.of("http://jenkins.example.com/", "ftp://localhost/", "jenkins", "http:///x")) {
            assertThatThrownBy(() -> JenkinsAccess.of(url, "one", folder, null))
                    .as(url)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> JenkinsAccess.of("https://jenkins.example.com/", "../one", folder, null))
                .isInstanceOf(IOException.class);
    }
}
