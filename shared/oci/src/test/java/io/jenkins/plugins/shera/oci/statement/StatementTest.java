package io.jenkins.plugins.shera.oci.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    static Path folder;

    private static DockerRegistry server;
    private static ImageTarget shop;
    private final SigningKey key = SigningKey.generate();

    @BeforeAll
    static void start() throws IOException {
        server = DockerRegistry.open(folder);
        shop = new ImagePlace(server.address(), RegistryCredentials.NONE).repository("shop");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Digest push(String tag, Map<String, String> labels) throws IOException {
        Layer layer = SmallImage.layer(folder, "app", tag);
        ImageConfig config = SmallImage.config(layer);
        config.labels(labels);
        Manifest manifest = new ImagePush().add(layer).to(shop, List.of(tag), config);
        return manifest.digest();
    }

    private SignedStatement says(Digest image, Instant at, String gate) {
        return SignedStatement.of(
                new Statement(shop.name(), image, at, Map.of(ImageLabels.GATE, gate, "io.shera.quality.task", "AX1")),
                key);
    }

    private Verification verify(Digest image) throws IOException {
        return verifier(key).verify(shop, image, AMD64);
    }

    private static Verifier verifier(SigningKey... keys) {
        return new Verifier(
                new KeyRing(List.of(keys).stream().map(SigningKey::trusted).toList(), Set.of()));
    }

    @Test
    void anImageIsWorthWhatTheNewestStatementOfATrustedKeySays() throws IOException {
        Digest image = push("good", Map.of(ImageLabels.GATE, "OK"));
        StatementShelf shelf = new StatementShelf(shop);
        shelf.add(image, says(image, NOON, "ERROR"));
        shelf.add(image, says(image, NOON.plusSeconds(60), "OK"));

        Verification found = verify(image);

        assertThat(found.standing()).isEqualTo(Standing.OK);
        assertThat(found.keyId()).isEqualTo(key.trusted().id());
        assertThat(found.statement().orElseThrow().claims()).containsEntry("io.shera.quality.task", "AX1");
        assertThat(shelf.read(image)).hasSize(2);
    }

    @Test
    void theSameStatementIsKeptOnce() throws IOException {
        Digest image = push("once", Map.of(ImageLabels.GATE, "OK"));
        SignedStatement statement = says(image, NOON, "OK");
        StatementShelf shelf = new StatementShelf(shop);
        shelf.add(image, statement);
        shelf.add(image, statement);

        assertThat(shelf.read(image)).hasSize(1);
    }

    @Test
    void labelsThatNobodySignedAreForged() throws IOException {
        assertThat(verify(push("copied", Map.of(ImageLabels.GATE, "OK"))).standing())
                .isEqualTo(Standing.FORGED);
    }

    @Test
    void aStatementOfAnotherImageSaysNothingOfThisOne() throws IOException {
        Digest one = push("one", Map.of(ImageLabels.GATE, "OK"));
        Digest other = push("other", Map.of(ImageLabels.GATE, "OK"));
        new StatementShelf(shop).add(other, says(one, NOON, "OK"));

        assertThat(verify(other).standing()).isEqualTo(Standing.FORGED);
    }

    @Test
    void anotherGateThanTheLabelSaysIsForged() throws IOException {
        Digest image = push("differs", Map.of(ImageLabels.GATE, "not-run"));
        new StatementShelf(shop).add(image, says(image, NOON, "OK"));

        assertThat(verify(image).standing()).isEqualTo(Standing.FORGED);
    }

    @Test
    void ofAnUnknownOrRevokedKeyNothingCounts() throws IOException {
        Digest image = push("revoked", Map.of(ImageLabels.GATE, "OK"));
        new StatementShelf(shop).add(image, says(image, NOON, "OK"));

        Verification stranger = verifier(SigningKey.generate()).verify(shop, image, AMD64);
        KeyRing ring = new KeyRing(List.of(key.trusted()), Set.of(key.trusted().id()));
        Verification revoked = new Verifier(ring).verify(shop, image, AMD64);

        assertThat(stranger.standing()).isEqualTo(Standing.FORGED);
        assertThat(revoked.standing()).isEqualTo(Standing.FORGED);
        assertThat(revoked.why()).contains("revoked");
    }

    @Test
    void anImageWithoutLabelsOfOursIsUnknownAndAHandMadeOneIsHandMade() throws IOException {
        assertThat(verify(push("theirs", Map.of("maintainer", "x"))).standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(verify(push("touched", Map.of(ImageLabels.HAND_MADE, "true")))
                        .standing())
                .isEqualTo(Standing.HAND_MADE);
    }

    @Test
    void aSignatureIsOverWhatCosignVerifies() throws IOException {
        Digest image = push("cosign", Map.of(ImageLabels.GATE, "OK"));
        new StatementShelf(shop).add(image, says(image, NOON, "OK"));

        var manifest = Json.read(
                shop.manifest(image.algorithm() + "-" + image.hex() + ".sig").content(), "manifest");
        var payload = Json.read(new StatementShelf(shop).read(image).get(0).payload(), "payload");

        assertThat(manifest.at("/layers/0/mediaType").asText())
                .isEqualTo("application/vnd.dev.cosign.simplesigning.v1+json");
        assertThat(manifest.at("/layers/0/annotations/dev.cosignproject.cosign~1signature")
                        .asText())
                .isNotEmpty();
        assertThat(manifest.at("/subject/digest").asText()).isEqualTo(image.toString());
        assertThat(payload.at("/critical/type").asText()).isEqualTo("cosign container image signature");
        assertThat(payload.at("/critical/image/docker-manifest-digest").asText())
                .isEqualTo(image.toString());
    }

    @Test
    void aRegistryWithoutReferrersGetsTheIndexOfTheSpecification() throws IOException {
        Digest image = push("listed", Map.of(ImageLabels.GATE, "OK"));
        StatementShelf shelf = new StatementShelf(shop);
        shelf.add(image, says(image, NOON, "OK"));
        shelf.add(image, says(image, NOON.plusSeconds(1), "OK"));

        var index = Json.read(shop.manifest(Attachments.fallbackTag(image)).content(), "index");

        assertThat(index.path("manifests")).hasSize(1);
        assertThat(index.at("/manifests/0/digest").asText())
                .isEqualTo(shop.resolve(StatementShelf.tag(image)).orElseThrow().toString());
    }

    @Test
    void opensslTakesTheKeyAndTheSignature() throws Exception {
        DockerRegistry.requireProgram("openssl");
        SignedStatement statement = says(Digest.of(new byte[] {1}), NOON, "OK");
        Path pub = Files.writeString(folder.resolve("k.pub"), key.trusted().pem());
        Path sig = Files.write(folder.resolve("s.sig"), statement.signature());
        Path payload = Files.write(folder.resolve("p.json"), statement.payload());

        Process openssl = new ProcessBuilder(
                        "openssl",
                        "dgst",
                        "-sha256",
                        "-verify",
                        pub.toString(),
                        "-signature",
                        sig.toString(),
                        payload.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Verified OK");
    }

    @Test
    void keysComeBackFromTheirText() {
        SigningKey again = SigningKey.ofPem(key.pem(), key.trusted().pem());

        assertThat(again.trusted().id()).isEqualTo(key.trusted().id());
        assertThatThrownBy(() -> SigningKey.ofPem(
                        key.pem(), SigningKey.generate().trusted().pem()))
                .hasMessageContaining("do not belong together");
        assertThatThrownBy(() -> TrustedKey.ofPem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theProgramVerifiesWithoutAnyJenkins() throws IOException {
        Digest image = push("program", Map.of(ImageLabels.GATE, "OK"));
        new StatementShelf(shop).add(image, says(image, NOON, "OK"));
        Path pub =
                Files.writeString(folder.resolve("program.pub"), key.trusted().pem());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        String name = shop.name() + "@" + image;

        assertThat(VerifyImage.run(new String[] {"--key", pub.toString(), name}, print, print))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("OK  " + name)
                .contains("io.shera.quality.task = AX1");
        assertThat(VerifyImage.run(new String[] {name}, print, print)).isEqualTo(2);
    }

    @Test
    void onlyLabelsOfOursAreTakenAway() {
        Map<String, String> kept = ImageLabels.withoutOurs(
                Map.of("io.shera.quality.gate", "OK", " IO.Shera.hand-made ", "x", "io.sheraton", "hotel", "a", "b"));

        assertThat(kept).containsOnlyKeys("io.sheraton", "a");
    }
}
