package io.jenkins.plugins.shera.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.server.FaultProxy;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryFaultsTest {
    @TempDir
    static Path folder;

    private static DockerRegistry server;

    private final List<Long> pauses = new CopyOnWriteArrayList<>();
    private FaultProxy proxy;
    private RegistryRepository shop;

    @BeforeAll
    static void start() throws IOException {
        server = DockerRegistry.open(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void stand() throws IOException {
        proxy = new FaultProxy(server.host());
        shop = client(RegistryCredentials.NONE).repository("faults/shop");
    }

    @AfterEach
    void leave() {
        proxy.close();
    }

    private RegistryClient client(RegistryCredentials credentials) throws IOException {
        RetryPolicy noWaiting = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(30), pauses::add);
        return new RegistryClient(RegistryAddress.of(proxy.host()), credentials, noWaiting);
    }

    @Test
    void waitsAsLongAsTheRegistryAsks() throws IOException {
        proxy.on("HEAD", "/manifests/", 1, FaultProxy.status(429, "Retry-After", "7"));

        assertThat(shop.resolve("none")).isEmpty();

        assertThat(pauses).containsExactly(7000L);
    }

    @Test
    void waitsNoLongerThanIsBearable() throws IOException {
        proxy.on("HEAD", "/manifests/", 1, FaultProxy.status(503, "Retry-After", "86400"));

        shop.resolve("none");

        assertThat(pauses).containsExactly(30_000L);
    }

    @Test
    void givesUpAfterSomeTriesAndSaysWhy() {
        proxy.on("HEAD", "/manifests/", 99, FaultProxy.status(500));

        assertThatThrownBy(() -> shop.resolve("1"))
                .hasMessage("Looking for " + proxy.host() + "/faults/shop:1 failed: " + proxy.host()
                        + " answered 500. The registry itself is in trouble: see its log, then try again.");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void resumesAnUploadThatWasCut() throws IOException {
        Layer large = SmallImage.large(folder, 2 * BlobUpload.PIECE);
        proxy.on("PATCH", "/blobs/uploads/", 1, FaultProxy.cut());

        SmallImage.push(shop, "cut", large);

        assertThat(shop.hasBlob(large.descriptor().digest())).isTrue();
        assertThat(proxy.requests()).anyMatch(line -> line.startsWith("GET /v2/faults/shop/blobs/uploads/"));
    }

    @Test
    void beginsAnewWhenTheRegistryLostTheUpload() throws IOException {
        Layer layer = SmallImage.layer(folder, "x", "lost");
        proxy.on("PUT", "/blobs/uploads/", 1, FaultProxy.status(404));

        SmallImage.push(shop, "lost", layer);

        assertThat(shop.hasBlob(layer.descriptor().digest())).isTrue();
    }

    @Test
    void leavesNoTagBehindWhenALayerDoesNotArrive() throws IOException {
        proxy.on("PUT", "/blobs/uploads/", 99, FaultProxy.status(500));

        assertThatThrownBy(() -> SmallImage.push(shop, "half", SmallImage.layer(folder, "x", "half")))
                .hasMessageContaining("answered 500");

        assertThat(shop.resolve("half")).isEmpty();
        assertThat(proxy.requests()).anyMatch(line -> line.startsWith("DELETE /v2/faults/shop/blobs/uploads/"));
    }

    @Test
    void noticesContentThatIsNotWhatItsDigestSays() throws IOException {
        Layer layer = SmallImage.layer(folder, "x", "true content");
        Manifest manifest = SmallImage.push(shop, "altered", layer);
        proxy.on("GET", "/blobs/" + layer.descriptor().digest(), 9, this::altered);
        proxy.on("GET", "/manifests/", 9, this::altered);

        assertThatThrownBy(() -> {
                    try (InputStream in = shop.openBlob(layer.descriptor())) {
                        in.readAllBytes();
                    }
                })
                .hasMessageContaining("is not what its name says");
        assertThatThrownBy(() -> shop.manifest(manifest.digest().toString()))
                .hasMessageContaining("is not what its digest");
    }

    private void altered(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        byte[] content = proxy.behind(exchange, body).body();
        content[content.length / 2] ^= 1;
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    @Test
    void noticesADownloadThatWasCut() throws IOException {
        Layer layer = SmallImage.large(folder, 100_000);
        SmallImage.push(shop, "short", layer);
        proxy.on("GET", "/blobs/", 1, (exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(proxy.behind(exchange, body).body(), 0, 50_000);
        });

        assertThatThrownBy(() -> {
                    try (InputStream in = shop.openBlob(layer.descriptor())) {
                        in.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("50000 of");
    }

    @Test
    void uploadsWhatCannotBeMounted() throws IOException {
        Layer layer = SmallImage.layer(folder, "x", "not to be mounted");
        RegistryRepository base = client(RegistryCredentials.NONE).repository("faults/base");
        SmallImage.push(base, "1", layer);
        proxy.on("POST", "mount=", 9, FaultProxy.status(405));

        assertThat(shop.mountBlob(layer.descriptor(), base)).isFalse();
        assertThat(shop.hasBlob(layer.descriptor().digest())).isFalse();
        ImagePush push = new ImagePush().on(Image.read(base, "1", Platform.parse("linux/amd64")));
        Manifest pushed = push.to(shop, List.of("not-mounted"), SmallImage.config(layer));

        assertThat(push.bytesSent()).isGreaterThanOrEqualTo(layer.descriptor().size());
        assertThat(shop.resolve("not-mounted")).hasValue(pushed.digest());
        assertThat(shop.hasBlob(layer.descriptor().digest())).isTrue();
    }

    /** Somebody pushes under our tag after we looked, or right after us: what we say we pushed is what we built, whoever has the tag. */
    @Test
    void aTagThatSomebodyMovesMeanwhileChangesNothingOfTheImage() throws IOException {
        RegistryRepository theirs = new RegistryClient(RegistryAddress.of(server.host()), RegistryCredentials.NONE)
                .repository("faults/shop");
        Manifest other = SmallImage.push(theirs, "other", SmallImage.layer(folder, "x", "theirs"));
        proxy.on("PUT", "/manifests/moved", 1, (exchange, body) -> {
            theirs.putManifest("moved", other.raw());
            exchange.sendResponseHeaders(proxy.behind(exchange, body).statusCode(), -1);
        });

        Manifest ours = SmallImage.push(shop, "moved", SmallImage.layer(folder, "x", "ours"));

        assertThat(theirs.resolve("moved")).contains(ours.digest());
        assertThat(theirs.resolve(other.digest().toString())).contains(other.digest());

        theirs.putManifest("moved", other.raw());
        assertThat(ours.digest()).isNotEqualTo(other.digest());
        assertThat(Manifest.read(shop.manifest(ours.digest().toString())).digest())
                .isEqualTo(ours.digest());
        assertThat(SmallImage.push(shop, "moved", SmallImage.layer(folder, "x", "ours"))
                        .digest())
                .isEqualTo(ours.digest());
        assertThat(theirs.resolve("moved"))
                .as("the same image takes its tag back without being sent again")
                .contains(ours.digest());
    }

    @Test
    void handsCredentialsToNoOtherHost() throws IOException {
        try (FaultProxy elsewhere = new FaultProxy(server.host())) {
            Layer layer = SmallImage.layer(folder, "x", "elsewhere");
            SmallImage.push(shop, "1", layer);
            proxy.on("GET", "/blobs/", 1, FaultProxy.status(401, "WWW-Authenticate", "Basic realm=\"x\""));
            proxy.on("GET", "/blobs/", 1, (exchange, body) -> {
                exchange.getResponseHeaders().add("Location", "http://" + elsewhere.host() + exchange.getRequestURI());
                exchange.sendResponseHeaders(307, -1);
            });

            RegistryRepository mine =
                    client(new RegistryCredentials("me", "mine")).repository("faults/shop");
            try (InputStream in = mine.openBlob(layer.descriptor())) {
                in.readAllBytes();
            }

            assertThat(proxy.requests()).anyMatch(line -> line.contains("[Basic "));
            assertThat(elsewhere.requests()).hasSize(1).noneMatch(line -> line.contains("["));
        }
    }

    @Test
    void followsNoRedirectToPlainHttpElsewhere() {
        proxy.on("GET", "/blobs/", 1, FaultProxy.status(307, "Location", "http://192.0.2.1/x"));
        RegistryAddress address = RegistryAddress.of("https://" + proxy.host(), "", false, "");

        assertThat(address.uri()).hasScheme("https");
        assertThatThrownBy(() -> RegistryAddress.of("http://registry.example.org", "", false, ""))
                .hasMessage(
                        "The registry registry.example.org is given with plain http: declare it insecure if its network"
                                + " can be trusted, or give it a certificate and use https.");
    }

    @Test
    void signsInWithATokenAndRenewsOneThatIsRefused() throws IOException {
        String challenge = "Bearer realm=\"http://" + proxy.host() + "/token?x=1\",service=\"registry\"";
        int[] given = {0};
        proxy.on("GET", "/token", 9, (exchange, body) -> {
            byte[] answer = ("{\"token\":\"t" + ++given[0] + "\",\"expires_in\":300}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        });
        proxy.on("HEAD", "/blobs/", 1, FaultProxy.status(401, "WWW-Authenticate", challenge));
        RegistryRepository mine = client(new RegistryCredentials("me", "mine")).repository("faults/shop");

        mine.hasBlob(Digest.of("x"));
        proxy.on("HEAD", "/blobs/", 1, FaultProxy.status(401, "WWW-Authenticate", challenge));
        mine.hasBlob(Digest.of("x"));

        String ask = "GET /token?x=1&service=registry&scope=repository%3Afaults%2Fshop%3Apull [Basic bWU6bWluZQ==]";
        String head = "HEAD /v2/faults/shop/blobs/" + Digest.of("x");
        assertThat(proxy.requests())
                .containsExactly(head, ask, head + " [Bearer t1]", head + " [Bearer t1]", ask, head + " [Bearer t2]");
    }

    @Test
    void aTokenThatExpiresInMidUploadIsRenewedAndTheUploadGoesOn() throws IOException {
        String challenge = "Bearer realm=\"http://" + proxy.host() + "/token\",service=\"registry\"";
        int[] given = {0};
        proxy.on("GET", "/token", 9, (exchange, body) -> {
            byte[] answer = ("{\"token\":\"t" + ++given[0] + "\",\"expires_in\":300}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        });
        proxy.on("POST", "/blobs/uploads/", 1, FaultProxy.status(401, "WWW-Authenticate", challenge));
        proxy.on("PATCH", "/blobs/uploads/", 1, FaultProxy.status(401, "WWW-Authenticate", challenge));
        Layer large = SmallImage.large(folder, 2 * BlobUpload.PIECE + 54_321);

        assertThat(shop.putBlob(large.descriptor(), large.content())).isTrue();

        assertThat(shop.hasBlob(large.descriptor().digest())).isTrue();
        assertThat(proxy.requests().stream()
                        .filter(line -> line.contains("/blobs/uploads/"))
                        .map(line -> line.replaceFirst(" /[^ ]*", "")))
                .containsExactly(
                        "POST",
                        "POST [Bearer t1]",
                        "PATCH [Bearer t1]",
                        "PATCH [Bearer t2]",
                        "PATCH [Bearer t2]",
                        "PATCH [Bearer t2]",
                        "PUT [Bearer t2]");
    }

    @Test
    void refusesEndlessAndBrokenJson() throws IOException {
        proxy.on("GET", "/tags/list", 1, (exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = new byte[1024 * 1024];
            for (int i = 0; i < 5; i++) {
                exchange.getResponseBody().write(spaces);
            }
        });
        assertThatThrownBy(shop::tags).hasMessageContaining("sent a list of tags of more than 4194304 bytes");

        proxy.on("GET", "/tags/list", 1, (exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>".getBytes(StandardCharsets.UTF_8));
        });
        assertThatThrownBy(shop::tags).hasMessageStartingWith("The list of tags is not valid JSON");
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        proxy.close();

        assertThatThrownBy(() -> shop.resolve("1"))
                .hasMessage("The registry http://" + proxy.host()
                        + " does not answer (the connection was refused, 3 tries):"
                        + " check the address, that the registry runs, and that this machine may reach it.");
        assertThatThrownBy(() -> new RegistryClient(
                                RegistryAddress.of("registry.invalid"),
                                RegistryCredentials.NONE,
                                new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), pauses::add))
                        .ping())
                .hasMessageContaining("its name is not known here");
    }
}
