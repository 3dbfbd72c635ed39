package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.kubeng.Main;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.nginx.figures.RequestLine;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.IntendedWeight;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon with a real nginx and a real API server, and no Jenkins anywhere. */
@Tag("cluster")
@Tag("slow")
class DaemonTest {
    @TempDir
    private Path folder;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private RealNginx nginx;
    private KeyPair key;
    private Path settings;
    private TcpProxy proxy;
    private ClusterClient kubernetes;
    private String namespace;

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    private <T extends AutoCloseable> T closing(T one) {
        toClose.add(one);
        return one;
    }

    @BeforeEach
    void prepare() throws Exception {
        nginx = closing(RealNginx.start(folder));
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(
                folder.resolve("keys.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(key.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        settings = folder.resolve("kubeng.properties");
        Files.writeString(
                settings,
                """
                cluster=edge
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
                                nginx.installation().versionPort()));
    }

    @AfterEach
    void close() throws Exception {
        if (namespace != null) {
            ObjectRef ref = new ObjectRef(new Kinds(kubernetes.api()).find("v1", "Namespace"), "", namespace);
            kubernetes
                    .api()
                    .delete(
                            ref,
                            kubernetes
                                    .api()
                                    .get(ref.path())
                                    .path("metadata")
                                    .path("uid")
                                    .asText());
        }
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    /** The way to the API server leads through a proxy that the test can cut. */
    private void withKubernetes() throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file));
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("KUBECONFIG names a cluster").isTrue();
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        String text = Files.readString(Path.of(file));
        URI server = Kubeconfig.parse(text, null, false).server();
        proxy = closing(new TcpProxy(server.getHost(), server.getPort()));
        Files.writeString(
                folder.resolve("kubeconfig"), text.replace(server.toString(), "https://127.0.0.1:" + proxy.port()));
        Files.writeString(
                settings, Files.readString(settings) + "kubernetes.kube=" + folder.resolve("kubeconfig") + "\n");
        kubernetes = closing(ClusterClient.open(Kubeconfig.parse(text, null, false), TimeLimits.STANDARD));
        namespace = "kubeng-" + UUID.randomUUID().toString().substring(0, 8);
        apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
        apply("{apiVersion: v1, kind: Service, metadata: {name: shop, namespace: " + namespace
                + "}, spec: {ports: [{name: web, port: 80}]}}");
    }

    private void apply(String yaml) throws Exception {
        new Applier(kubernetes.api(), new Kinds(kubernetes.api())).apply(Manifests.read(yaml, "test"));
    }

    /** The pods of the service, as a kubelet and the controllers would report them. */
    private void endpoints(String ip, int... ports) throws Exception {
        String addresses = ports.length == 0 ? "" : "{addresses: ['" + ip + "'], conditions: {ready: true}}";
        apply("{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: shop-1,"
                + " namespace: " + namespace
                + ", labels: {kubernetes.io/service-name: shop}}, ports: [{name: web, port: "
                + (ports.length == 0 ? 1 : ports[0]) + "}], endpoints: [" + addresses + "]}");
    }

    private int backend(String says) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(0), 0);
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

    /** Kubernetes refuses loopback addresses as endpoints. */
    private static String ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow();
    }

    private IntendedRoute route(String application, int port, Target... targets) throws Exception {
        return new IntendedRoute(
                RouteOwner.of("retail", application, "dev"), application + ".example.com", port, "/", List.of(targets));
    }

    private void send(Intent intent) throws Exception {
        Files.createDirectories(folder.resolve("intent"));
        Path beside = folder.resolve("intent").resolve(UUID.randomUUID().toString());
        Files.write(beside, SignedIntent.sign(intent, key.getPrivate()));
        Files.move(beside, document(intent.kind()), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path document(Intent.Kind kind) {
        return folder.resolve("intent").resolve(kind.word() + ".json");
    }

    private Daemon start() throws IOException {
        return closing(Daemon.start(Settings.read(settings)));
    }

    private String ask(String host) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), nginx.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private static Target at(int port) throws Exception {
        return Target.of(Member.of("127.0.0.1", port, 1));
    }

    @Test
    void podsThatComeAndGoAreFollowedAndAnEmptyAnswerEmptiesNothing() throws Exception {
        withKubernetes();
        Daemon daemon = start();
        endpoints(ownAddress(), backend("one"));
        send(Intent.ofRoutes(
                "edge",
                1,
                List.of(
                        route("shop", nginx.port(), Target.pods("kube", namespace, "shop", 80)),
                        route("none", nginx.port(), Target.pods("kube", namespace, "none", 80)))));
        soon().until(() -> ask("shop.example.com").equals("one"));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).leftOut().size() == 1);
        assertThat(daemon.state(Intent.Kind.ROUTES).leftOut().get(0)).contains("none");
        long before = daemon.state(Intent.Kind.ROUTES).endpoints();
        endpoints(ownAddress(), backend("two"));
        soon().until(() -> ask("shop.example.com").equals("two"));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).endpoints() > before);
        assertThat(daemon.state(Intent.Kind.ROUTES).generation()).isEqualTo(1);
        endpoints(ownAddress());
        // Whatever the empty answer did would show before a later document is in force.
        send(Intent.ofRoutes(
                "edge", 2, List.of(route("shop", nginx.port(), Target.pods("kube", namespace, "shop", 80)))));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 2);
        assertThat(ask("shop.example.com")).isEqualTo("two");
    }

    @Test
    void killedWithTheApiServerAwayItComesBackAsItWasAndHearsTheClusterAgainLater() throws Exception {
        withKubernetes();
        Process daemon = process();
        endpoints(ownAddress(), backend("one"));
        send(Intent.ofRoutes(
                "edge", 1, List.of(route("shop", nginx.port(), Target.pods("kube", namespace, "shop", 80)))));
        soon().until(() -> ask("shop.example.com").equals("one"));
        soon().until(() -> Files.exists(folder.resolve("state/routes.json")));
        proxy.cut();
        daemon.destroyForcibly().waitFor();
        Files.delete(document(Intent.Kind.ROUTES));
        assertThat(ask("shop.example.com")).isEqualTo("one");
        process();
        int added = backend("added while the API server was away");
        send(Intent.ofRoutes(
                "edge",
                2,
                List.of(
                        route("shop", nginx.port(), Target.pods("kube", namespace, "shop", 80)),
                        route("vm", nginx.port(), at(added)))));
        soon().until(() -> ask("vm.example.com").startsWith("added"));
        assertThat(ask("shop.example.com")).isEqualTo("one");
        endpoints(ownAddress(), backend("two"));
        proxy.mend();
        await().atMost(Duration.ofSeconds(120)).ignoreExceptions().until(() -> ask("shop.example.com")
                .equals("two"));
    }

    private Process process() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("kubeng.log").toFile()))
                .start();
        toClose.add(() -> process.destroyForcibly().waitFor());
        return process;
    }

    @Test
    void aDocumentThatNginxRefusesStaysAsideAndAddressesGoOnInTheOldOne() throws Exception {
        withKubernetes();
        int taken;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            taken = free.getLocalPort();
        }
        Path main = nginx.installation().mainConfig();
        String own = "server { listen " + taken + " default_server; return 204; }\n    include";
        Files.writeString(main, Files.readString(main).replaceFirst("include", own));
        Daemon daemon = start();
        endpoints(ownAddress(), backend("one"));
        Target pods = Target.pods("kube", namespace, "shop", 80);
        send(Intent.ofRoutes("edge", 1, List.of(route("shop", nginx.port(), pods))));
        soon().until(() -> ask("shop.example.com").equals("one"));
        send(Intent.ofRoutes("edge", 2, List.of(route("shop", nginx.port(), pods), route("bad", taken, pods))));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).error().contains("duplicate default server"));
        endpoints(ownAddress(), backend("two"));
        soon().until(() -> ask("shop.example.com").equals("two"));
        assertThat(daemon.state(Intent.Kind.ROUTES).generation()).isEqualTo(1);
        assertThat(daemon.state(Intent.Kind.ROUTES).error()).contains("Generation 2 is not in force");
        IntendedWeight all = new IntendedWeight(
                RouteOwner.of("retail", "shop", "dev"), 100, List.of(), List.of(at(backend("canary"))), "r", 1, 0);
        send(Intent.ofWeights("edge", 1, List.of(all)));
        soon().until(() -> ask("shop.example.com").equals("canary"));
        send(Intent.ofRoutes("edge", 3, List.of(route("shop", nginx.port(), pods))));
        soon().until(() -> daemon.state(Intent.Kind.ROUTES).generation() == 3);
        assertThat(daemon.state(Intent.Kind.ROUTES).error()).isEmpty();
    }

    @Test
    void aWeightFallsBackToNothingWhenItsLeaseIsOverAndReturnsWhenJenkinsDoes() throws Exception {
        Daemon daemon = start();
        send(Intent.ofRoutes("edge", 1, List.of(route("shop", nginx.port(), at(backend("stable"))))));
        IntendedWeight leased = new IntendedWeight(
                RouteOwner.of("retail", "shop", "dev"), 100, List.of(), List.of(at(backend("canary"))), "r", 1, 3600);
        send(Intent.ofWeights("edge", 1, List.of(leased)));
        soon().until(() -> ask("shop.example.com").equals("canary"));
        Files.setLastModifiedTime(
                document(Intent.Kind.WEIGHTS), FileTime.from(Instant.now().minusSeconds(7200)));
        soon().until(() -> ask("shop.example.com").equals("stable"));
        soon().until(() -> daemon.state(Intent.Kind.WEIGHTS).leftOut().size() == 1);
        Files.setLastModifiedTime(document(Intent.Kind.WEIGHTS), FileTime.from(Instant.now()));
        soon().until(() -> ask("shop.example.com").equals("canary"));
    }

    @Test
    void prometheusFetchesWhatEachHostOfThisNodeDid() throws Exception {
        int status = nginx.tlsPort();
        int metrics;
        try (ServerSocket free = new ServerSocket(0)) {
            metrics = free.getLocalPort();
        }
        Path main = folder.resolve("nginx.conf");
        Files.writeString(
                main,
                Files.readString(main)
                        .replace(
                                "access_log off;",
                                RequestLine.FORMAT + " access_log " + folder
                                        + "/shera.log shera; server { listen 127.0.0.1:" + status
                                        + "; access_log off; location = /status { stub_status; } }"));
        Files.writeString(
                settings,
                Files.readString(settings) + "metrics.listen=127.0.0.1:" + metrics
                        + "\nmetrics.status=http://127.0.0.1:" + status + "/status\nmetrics.log=" + folder
                        + "/shera.log\n");
        start();
        // The second goes to a port where nobody listens.
        send(Intent.ofRoutes(
                "edge",
                3,
                List.of(route("shop", nginx.port(), at(backend("one"))), route("bad", nginx.port(), at(1)))));
        soon().until(() -> ask("shop.example.com").equals("one"));
        // The log is followed from its end: what came before the first look at it is not counted.
        soon().until(() -> fetch(metrics).contains("kubeng_log_readable 1\n"));
        // Those that come before the daemon has proved what nginx serves are of hosts that it does not know yet.
        soon().untilAsserted(() -> {
            for (String application : List.of("shop", "bad", "invented")) {
                ask(application + ".example.com");
            }
            assertThat(fetch(metrics))
                    .contains("kubeng_generation{kind=\"routes\"} 3\n", "kubeng_failing{kind=\"routes\"} 0\n")
                    .containsPattern("(?s)kubeng_nginx_up 1\n.*kubeng_nginx_requests_total [1-9]")
                    .containsPattern("\\{host=\"shop.example.com\",tenant=\"retail\",class=\"2xx\"} [1-9]")
                    .containsPattern("\\{host=\"bad.example.com\",tenant=\"retail\",class=\"5xx\"} [1-9]")
                    .containsPattern(",upstream=\"shera.retail.bad.dev\",class=\"5xx\"} [1-9]")
                    .doesNotContain("invented");
        });
        Path fetched = Files.writeString(folder.resolve("metrics.txt"), fetch(metrics));
        Path promtool = Path.of("/usr/bin/promtool");
        if (Files.isExecutable(promtool)) {
            Process check = new ProcessBuilder(promtool.toString(), "check", "metrics")
                    .redirectInput(fetched.toFile())
                    .redirectErrorStream(true)
                    .start();
            assertThat(check.waitFor()).isZero();
        }
    }

    private static String fetch(int port) throws IOException {
        try (InputStream body =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
