package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import io.jenkins.plugins.shera.kubeng.Main;
import io.jenkins.plugins.shera.kubeng.Settings;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A daemon with a real nginx, and if a test wants one a real API server, and no Jenkins anywhere. */
abstract class DaemonRig {
    @TempDir
    Path folder;

    final List<AutoCloseable> toClose = new ArrayList<>();
    RealNginx nginx;
    KeyPair key;
    Path settings;
    TcpProxy proxy;
    ClusterClient kubernetes;
    String namespace;

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    <T extends AutoCloseable> T closing(T one) {
        toClose.add(one);
        return one;
    }

    @BeforeEach
    void prepare() throws Exception {
        nginx = closing(nginx());
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
                nginx.streamPort=%4$d
                reload.intervalMillis=100
                """
                        .formatted(
                                folder,
                                nginx.installation().binary(),
                                nginx.installation().versionPort(),
                                nginx.installation().streamPort()));
    }

    RealNginx nginx() throws Exception {
        return RealNginx.start(folder);
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
    void withKubernetes() throws Exception {
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

    /** Skips a test where the cluster has no HTTPRoute, unless real parts are required. */
    void requireGatewayApi() throws Exception {
        boolean there = true;
        try {
            kubernetes.api().get("/apis/gateway.networking.k8s.io/v1");
        } catch (KubeException e) {
            there = false;
        }
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("the cluster has the Gateway API").isTrue();
        }
        Assumptions.assumeTrue(there, "the cluster has no Gateway API");
    }

    void remove(String apiVersion, String kind, String name) throws Exception {
        ObjectRef ref = new ObjectRef(new Kinds(kubernetes.api()).find(apiVersion, kind), namespace, name);
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

    /** Another Service, {@code canary}, with one pod. */
    void other(int port) throws Exception {
        apply("{apiVersion: v1, kind: Service, metadata: {name: canary, namespace: " + namespace
                + "}, spec: {ports: [{name: web, port: 80}]}}");
        apply("{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: canary-1,"
                + " namespace: " + namespace
                + ", labels: {kubernetes.io/service-name: canary}}, ports: [{name: web, port: " + port
                + "}], endpoints: [{addresses: ['" + ownAddress() + "'], conditions: {ready: true}}]}");
    }

    void apply(String yaml) throws Exception {
        new Applier(kubernetes.api(), new Kinds(kubernetes.api())).apply(Manifests.read(yaml, "test"));
    }

    /** The pods of the service, as a kubelet and the controllers would report them. */
    void endpoints(String ip, int... ports) throws Exception {
        String addresses = ports.length == 0 ? "" : "{addresses: ['" + ip + "'], conditions: {ready: true}}";
        apply("{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, addressType: IPv4, metadata: {name: shop-1,"
                + " namespace: " + namespace
                + ", labels: {kubernetes.io/service-name: shop}}, ports: [{name: web, port: "
                + (ports.length == 0 ? 1 : ports[0]) + "}], endpoints: [" + addresses + "]}");
    }

    int backend(String says) throws IOException {
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
    static String ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow();
    }

    IntendedRoute route(String application, int port, Target... targets) throws Exception {
        return new IntendedRoute(
                RouteOwner.of("retail", application, "dev"), application + ".example.com", port, "/", List.of(targets));
    }

    void send(Intent intent) throws Exception {
        Files.createDirectories(folder.resolve("intent"));
        Path beside = folder.resolve("intent").resolve(UUID.randomUUID().toString());
        Files.write(beside, SignedIntent.sign(intent, key.getPrivate()));
        Files.move(beside, document(intent.kind()), StandardCopyOption.ATOMIC_MOVE);
    }

    Path document(Intent.Kind kind) {
        return folder.resolve("intent").resolve(kind.word() + ".json");
    }

    Daemon start() throws IOException {
        return closing(Daemon.start(Settings.read(settings)));
    }

    String ask(String host) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), nginx.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    static Target at(int port) throws Exception {
        return Target.of(Member.of("127.0.0.1", port, 1));
    }

    Process process() throws IOException {
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
}
