package io.jenkins.plugins.shera.oci.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageIndex;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.image.RawManifest;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.statement.Attachments;
import io.jenkins.plugins.shera.oci.statement.KeyRing;
import io.jenkins.plugins.shera.oci.statement.SignedStatement;
import io.jenkins.plugins.shera.oci.statement.SigningKey;
import io.jenkins.plugins.shera.oci.statement.Statement;
import io.jenkins.plugins.shera.oci.statement.StatementShelf;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SbomShelfTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");

    @TempDir
    static Path folder;

    private static DockerRegistry server;
    private static ImageTarget shop;
    private final SigningKey key = SigningKey.generate();
    private final KeyRing keys = new KeyRing(List.of(key.trusted()), Set.of());

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

    private static Digest push(String tag) throws IOException {
        return SmallImage.push(shop, tag, SmallImage.layer(folder, "app", tag)).digest();
    }

    private static byte[] sbom(Digest image) {
        return Sbom.write("shop", image, List.of(), Groups.none());
    }

    private Digest shelved(String tag) throws IOException {
        Digest image = push(tag);
        byte[] sbom = sbom(image);
        new SbomShelf(shop).put(image, sbom, Attestation.sign("shop", image, sbom, key));
        return image;
    }

    @Test
    void anSbomStandsBesideItsImageSigned() throws Exception {
        Digest image = shelved("signed");

        FoundSbom found = new SbomShelf(shop).read(image, keys).orElseThrow();

        assertThat(found.content()).isEqualTo(sbom(image));
        assertThat(found.keyId()).isEqualTo(key.trusted().id());
        assertThat(new SbomShelf(shop).read(push("bare"), keys)).isEmpty();
    }

    @Test
    void anotherKeyOrAnotherContentOrAnotherImageIsNotSigned() throws Exception {
        Digest image = shelved("tampered");
        Digest other = push("other");
        byte[] sbom = sbom(image);
        SbomShelf shelf = new SbomShelf(shop);

        assertThat(shelf.read(image, new KeyRing(List.of(), Set.of()))
                        .orElseThrow()
                        .isSigned())
                .isFalse();
        assertThat(shelf.read(
                                image,
                                new KeyRing(
                                        List.of(key.trusted()),
                                        Set.of(key.trusted().id())))
                        .orElseThrow()
                        .isSigned())
                .isFalse();
        shelf.put(other, sbom, Attestation.sign("shop", image, sbom, key));
        assertThat(shelf.read(other, keys).orElseThrow().isSigned()).isFalse();
        shelf.put(image, sbom(other), Attestation.sign("shop", image, sbom, key));
        assertThat(shelf.read(image, keys).orElseThrow().isSigned()).isFalse();
        shelf.put(image, sbom, "no envelope".getBytes(StandardCharsets.UTF_8));
        assertThat(shelf.read(image, keys).orElseThrow().isSigned()).isFalse();
    }

    @Test
    void aRegistryWithoutReferrersListsItBesideTheStatement() throws Exception {
        Digest image = shelved("listed");
        new StatementShelf(shop)
                .add(image, SignedStatement.of(new Statement("shop", image, Instant.EPOCH, Map.of()), key));

        JsonNode index = Json.read(shop.manifest(Attachments.fallbackTag(image)).content(), "index");

        assertThat(index.path("manifests").findValuesAsText("artifactType"))
                .containsExactlyInAnyOrder(
                        "application/vnd.cyclonedx+json",
                        "application/vnd.dsse.envelope.v1+json",
                        "application/vnd.dev.cosign.artifact.sig.v1+json");
        assertThat(shop.resolve(SbomShelf.tag(image))).isPresent();
    }

    /** What {@code cosign verify-attestation --type cyclonedx --key} checks, by OpenSSL. */
    @Test
    void theSignatureIsOneOfDsse() throws Exception {
        Digest image = shelved("openssl");
        JsonNode manifest =
                Json.read(shop.manifest(SbomShelf.attestationTag(image)).content(), "manifest");
        JsonNode layer = manifest.path("layers").get(0);
        assertThat(layer.at("/annotations/predicateType").asText()).isEqualTo("https://cyclonedx.org/bom");
        JsonNode envelope = Json.read(Attestation.sign("shop", image, sbom(image), key), "envelope");
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
        String type = "application/vnd.in-toto+json";
        Path content = folder.resolve("pae");
        Files.write(content, ("DSSEv1 28 " + type + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        Files.write(content, payload, java.nio.file.StandardOpenOption.APPEND);
        Path signature = Files.write(
                folder.resolve("sig"),
                Base64.getDecoder().decode(envelope.at("/signatures/0/sig").asText()));
        Path pem = Files.writeString(folder.resolve("pem"), key.trusted().pem());

        Process openssl = new ProcessBuilder(
                        "openssl",
                        "dgst",
                        "-sha256",
                        "-verify",
                        pem.toString(),
                        "-signature",
                        signature.toString(),
                        content.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("Verified OK");
        assertThat(Json.read(payload, "statement")
                        .at("/subject/0/digest/sha256")
                        .asText())
                .isEqualTo(image.hex());
    }

    @Test
    void anIndexHasTheSbomOfItsImageForThePlatform() throws Exception {
        Digest image = shelved("part");
        RawManifest raw = shop.manifest(image.toString());
        RawManifest index = ImageIndex.of(Map.of(
                new io.jenkins.plugins.shera.oci.image.Descriptor(raw.mediaType(), raw.digest(), raw.content().length),
                AMD64));
        shop.putManifest("index", index);

        Optional<FoundSbom> found = new SbomShelf(shop).read(index.digest(), AMD64, keys);

        assertThat(found.orElseThrow().image()).isEqualTo(image);
    }
}
