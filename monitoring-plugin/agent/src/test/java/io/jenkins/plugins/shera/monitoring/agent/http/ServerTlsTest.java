package io.jenkins.plugins.shera.monitoring.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.shera.monitoring.sources.TrustedPem;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {

    @TempDir
    Path folder;

    private String pem(String kind, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    private void make(Path certificate, Path key) throws Exception {
        Path store = folder.resolve("store.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "agent",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.out").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("agent").getEncoded()));
        Files.writeString(
                key,
                pem(
                        "PRIVATE KEY",
                        keys.getKey("agent", "changeit".toCharArray()).getEncoded()));
    }

    @Test
    void showsTheCertificateOfThePemFilesToWhoTrustsItsAuthority() throws Exception {
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        make(certificate, key);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ServerTls.of(certificate, key)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(
                            "https://127.0.0.1:" + server.getAddress().getPort()))
                    .build();
            HttpClient trusting = HttpClient.newBuilder()
                    .sslContext(TrustedPem.of(Files.readString(certificate)))
                    .build();
            assertThat(trusting.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(204);
            assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()))
                    .hasMessageContaining("PKIX");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void takesUpACertificateThatWasReplacedAndKeepsTheOldOneWhileTheFilesMakeNone() throws Exception {
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        make(certificate, key);
        String first = Files.readString(certificate);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ServerTls.of(certificate, key)));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            Path other = folder.resolve("other.crt");
            Path otherKey = folder.resolve("other.key");
            Files.delete(folder.resolve("store.p12"));
            make(other, otherKey);
            String second = Files.readString(other);
            assertThat(answers(server, first)).isTrue();

            Files.move(other, certificate, StandardCopyOption.REPLACE_EXISTING);
            assertThat(answers(server, first))
                    .as("the key is still the old one")
                    .isTrue();
            Files.move(otherKey, key, StandardCopyOption.REPLACE_EXISTING);
            assertThat(answers(server, second)).isTrue();
            assertThat(answers(server, first)).isFalse();

            Files.writeString(certificate, "torn");
            assertThat(answers(server, second)).as("a torn file").isTrue();
            Files.delete(key);
            assertThat(answers(server, second)).as("a missing file").isTrue();
        } finally {
            server.stop(0);
        }
    }

    /** Whether a client that trusts this certificate alone gets an answer. */
    private static boolean answers(HttpsServer server, String trusted) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.getAddress().getPort()))
                .build();
        HttpClient client =
                HttpClient.newBuilder().sslContext(TrustedPem.of(trusted)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 204;
        } catch (SSLException e) {
            return false;
        }
    }

    @Test
    void saysWhichFileIsNone() throws Exception {
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        make(certificate, key);
        assertThatThrownBy(() -> ServerTls.of(certificate, certificate)).hasMessageContaining("holds no PKCS#8 key");
        assertThatThrownBy(() -> ServerTls.of(key, key)).hasMessageContaining("make no certificate");
        assertThatThrownBy(() -> TrustedPem.of("no certificate")).hasMessageContaining("PEM");
    }
}
