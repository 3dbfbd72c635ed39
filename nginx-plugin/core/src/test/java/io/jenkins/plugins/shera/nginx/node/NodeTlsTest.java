package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import io.jenkins.plugins.shera.nginx.model.RouteTls.Http2;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.TestCertificate;
import io.jenkins.plugins.shera.nodes.Rollover.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes with a real nginx. */
class NodeTlsTest {
    @TempDir
    Path folder;

    private RealNginx nginx;
    private NginxNode node;
    private HttpServer shop;
    private int tlsPort;

    @BeforeEach
    void start() throws Exception {
        nginx = RealNginx.start(folder);
        node = new NginxNode(nginx.installation());
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", exchange -> {
            byte[] body = ("by " + exchange.getRequestHeaders().getFirst("X-Forwarded-Proto"))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        shop.start();
        tlsPort = nginx.tlsPort();
    }

    @AfterEach
    void stop() throws Exception {
        shop.stop(0);
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void tellsTwoTenantsApartByNameAndGivesNothingAwayToOthers() throws Exception {
        TestCertificate retail = TestCertificate.of("shop.example.com");
        TestCertificate bank = TestCertificate.of("vault.example.com");
        publish("retail", "shop.example.com", retail, tls("retail/shop", retail));
        publish("bank", "vault.example.com", bank, tls("bank/vault", bank));

        assertThat(TlsCall.get(tlsPort, "shop.example.com", "/").certificate()).isEqualTo(retail.own());
        assertThat(TlsCall.get(tlsPort, "vault.example.com", "/").certificate()).isEqualTo(bank.own());
        TlsCall.Answer answer = TlsCall.get(tlsPort, "shop.example.com", "/");
        assertThat(answer.text()).startsWith("HTTP/1.1 200").endsWith("by https");
        assertThat(answer.protocol()).isEqualTo("TLSv1.3");
        for (String unknown : List.of("other.example.com", "")) {
            assertThatThrownBy(() -> TlsCall.get(tlsPort, unknown, "/"))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("unrecognized_name");
        }
        assertThatThrownBy(() -> TlsCall.get(tlsPort, "shop.example.com", "/", "TLSv1.1"))
                .isInstanceOf(SSLException.class);
        assertThat(TlsCall.get(tlsPort, "shop.example.com", "/", "TLSv1.2").protocol())
                .isEqualTo("TLSv1.2");
    }

    @Test
    void servesThePlainPortTooUntilItIsRedirected() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        RouteTls tls = tls("retail/shop", made);
        publish("retail", "shop.example.com", made, tls);
        assertThat(TlsCall.plain(nginx.port(), "shop.example.com", "/a")).endsWith("by http");

        publish(
                "retail",
                "shop.example.com",
                made,
                new RouteTls(tls.certificate(), tls.version(), tlsPort, 308, 31_536_000, true, Http2.OFF));

        assertThat(TlsCall.plain(nginx.port(), "shop.example.com", "/a?b=c"))
                .startsWith("HTTP/1.1 308")
                .contains("Location: https://shop.example.com:" + tlsPort + "/a?b=c\r\n");
        assertThat(TlsCall.get(tlsPort, "shop.example.com", "/a").text())
                .contains("Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n");
    }

    @Test
    void offersHttp2WhereItIsWanted() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        RouteTls tls = tls("retail/shop", made);
        publish("retail", "shop.example.com", made, tls);
        assertThat(TlsCall.offered(tlsPort, "shop.example.com")).isEqualTo("http/1.1");

        publish("retail", "shop.example.com", made, tls.offering(Http2.ON));

        assertThat(TlsCall.offered(tlsPort, "shop.example.com")).isEqualTo("h2");
        assertThat(node.drift().isNone()).isTrue();
        assertThat(Files.readString(folder.resolve("error.log"))).doesNotContain("deprecated");
    }

    @Test
    void renewsWithoutAFailedConnection() throws Exception {
        TestCertificate first = TestCertificate.of("shop.example.com");
        TestCertificate second = TestCertificate.of("shop.example.com");
        long before = publish("retail", "shop.example.com", first, tls("retail/shop", first));
        AtomicBoolean done = new AtomicBoolean();
        List<Object> seen = new ArrayList<>();
        Thread client = new Thread(() -> {
            while (!done.get()) {
                try {
                    TlsCall.Answer answer = TlsCall.get(tlsPort, "shop.example.com", "/");
                    seen.add(answer.text().startsWith("HTTP/1.1 200") ? answer.certificate() : answer.text());
                } catch (Exception e) {
                    seen.add(e);
                }
            }
        });
        client.start();

        long after = node.renew("retail/shop", second.pair()).generation();

        done.set(true);
        client.join();
        assertThat(after).isGreaterThan(before);
        assertThat(seen).isNotEmpty().allMatch(one -> one.equals(own(first)) || one.equals(own(second)));
        assertThat(TlsCall.get(tlsPort, "shop.example.com", "/").certificate()).isEqualTo(second.own());
        assertThat(node.renew("bank/shop", first.pair()).generation())
                .as("a certificate that no route shows")
                .isEqualTo(after);
    }

    @Test
    void keepsKeysFromEverybodyElseAndOutOfEverythingThatIsRead() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        publish("retail", "shop.example.com", made, tls("retail/shop", made));
        Path keys = nginx.installation().folder().resolve("tls");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(keys)) {
            assertThat(files.toList()).hasSize(2).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
        NodeReading reading = new NodeReader(nginx.installation()).read(null);
        assertThat(reading.found().toString()).contains(".key").doesNotContain(made.secret());
        assertThat(reading.toString()).doesNotContain(made.secret());
        try (Stream<Path> tree = Files.walk(folder)) {
            assertThat(tree.filter(Files::isRegularFile)
                            .filter(file -> text(file).contains(made.secret())))
                    .singleElement()
                    .satisfies(file -> assertThat(file.toString()).endsWith("/tls/" + version(made) + ".key"));
        }
    }

    @Test
    void takesOldKeysAwayAndThoseOfRoutesThatAreGone() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        publish("retail", "shop.example.com", made, tls("retail/shop", made));
        for (int i = 0; i < 2; i++) {
            node.renew("retail/shop", TestCertificate.of("shop.example.com").pair());
        }
        Path first = nginx.installation().folder().resolve("tls/" + version(made) + ".key");
        assertThat(first).doesNotExist();

        node.remove(RouteOwner.of("retail", "shop", "prod"));
        node.publish(route("bank", "vault.example.com"));

        try (Stream<Path> files = Files.list(first.getParent())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void findsWhatAHandDidToACertificateAndPutsItBack() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        publish("retail", "shop.example.com", made, tls("retail/shop", made));
        Path key = nginx.installation().folder().resolve("tls/" + version(made) + ".key");

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(node.drift().changes())
                .containsExactly("tls: the certificate of shop.example.com has a key that others may read, by its "
                        + "file's permissions");
        Files.writeString(key, TestCertificate.of("shop.example.com").key());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(node.driftFor("retail").changes())
                .containsExactly("tls: the certificate of shop.example.com was edited");
        assertThat(node.driftFor("bank").changes()).isEmpty();

        assertThatThrownBy(node::overwrite)
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("tls: the certificate of shop.example.com was edited on this node.");
        node.overwrite(List.of(made.pair()));

        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void putsTheEarlierGenerationBackWhenTheHandshakeShowsSomethingElse() throws Exception {
        TestCertificate first = TestCertificate.of("shop.example.com");
        TestCertificate second = TestCertificate.of("shop.example.com");
        long before = publish("retail", "shop.example.com", first, tls("retail/shop", first));
        // A server of nginx.conf with the same name comes first, so nginx never looks at ours.
        Path main = nginx.installation().mainConfig();
        Path theirs = folder.resolve("theirs");
        Files.writeString(theirs, first.chain() + first.key());
        Files.writeString(
                main,
                Files.readString(main)
                        .replace(
                                "access_log off;",
                                "access_log off; server { listen " + tlsPort
                                        + " ssl; server_name shop.example.com; ssl_certificate " + theirs
                                        + "; ssl_certificate_key " + theirs + "; }"));

        assertThatThrownBy(() -> node.renew("retail/shop", second.pair()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("a TLS handshake for shop.example.com on port " + tlsPort
                        + " does not show its certificate: it shows the certificate of CN=shop.example.com")
                .hasMessageNotContaining(second.secret());

        assertThat(node.drift().generation()).isEqualTo(before);
        assertThat(TlsCall.get(tlsPort, "shop.example.com", "/").certificate()).isEqualTo(first.own());
        assertThat(nginx.installation().folder().resolve("tls/" + version(second) + ".key"))
                .doesNotExist();
    }

    @Test
    void refusesACertificateThatIsNotHereAndAPortThatSpeaksOtherwise() throws Exception {
        TestCertificate made = TestCertificate.of("shop.example.com");
        Route wanted = route("retail", "shop.example.com").over(tls("retail/shop", made));

        assertThatThrownBy(() -> node.publish(wanted))
                .hasMessageStartingWith("tls: the certificate of shop.example.com is missing on this node.");
        publish("retail", "shop.example.com", made, tls("retail/shop", made));
        assertThatThrownBy(() -> node.publish(Route.of(
                        RouteOwner.of("bank", "vault", "prod"),
                        "vault.example.com",
                        tlsPort,
                        "/",
                        List.of(Member.of("127.0.0.1", 9, 1)))))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessage("The port " + tlsPort + " of this nginx cluster speaks TLS already, and one port speaks one"
                        + " of both. Choose another port for one of them.");
    }

    @Test
    void showsOneCertificateForAllRoutesOfAHost() throws Exception {
        TestCertificate first = TestCertificate.of("shop.example.com");
        TestCertificate second = TestCertificate.of("shop.example.com");
        publish("retail", "shop.example.com", first, tls("retail/shop", first));
        Route cart = Route.of(
                RouteOwner.of("retail", "cart", "prod"),
                "shop.example.com",
                nginx.port(),
                "/cart/",
                List.of(Member.of("127.0.0.1", shop.getAddress().getPort(), 1)));

        node.publish(cart.over(tls("retail/other", second)), List.of(second.pair()));

        assertThat(TlsCall.get(tlsPort, "shop.example.com", "/").certificate()).isEqualTo(second.own());
        assertThat(TlsCall.get(tlsPort, "shop.example.com", "/cart/").text()).endsWith("by https");
        assertThat(node.routes().routes())
                .allSatisfy(route -> assertThat(route.tls().certificate()).isEqualTo("retail/other"));
    }

    @Test
    void leavesFilesOfRoutesWithoutTlsAsTheyWere() throws Exception {
        node.publish(route("retail", "shop.example.com"));

        assertThat(Files.readString(nginx.installation().folder().resolve("current/routes.json")))
                .doesNotContain("tls");
        assertThat(nginx.installation().folder().resolve("tls")).doesNotExist();
    }

    private long publish(String tenant, String host, TestCertificate made, RouteTls tls) throws Exception {
        return node.publish(route(tenant, host).over(tls), List.of(made.pair())).generation();
    }

    private Route route(String tenant, String host) throws InvalidRouteException {
        return Route.of(
                RouteOwner.of(tenant, host.substring(0, host.indexOf('.')), "prod"),
                host,
                nginx.port(),
                "/",
                List.of(Member.of("127.0.0.1", shop.getAddress().getPort(), 1)));
    }

    private RouteTls tls(String certificate, TestCertificate made) throws Exception {
        return new RouteTls(certificate, version(made), tlsPort, 0, 0, false, Http2.OFF).check();
    }

    private static String version(TestCertificate made) {
        try {
            CertificatePair pair = made.pair();
            return pair.version();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object own(TestCertificate made) {
        try {
            return made.own();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
