package io.jenkins.plugins.shera.oci.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.statement.ImageLabels;
import io.jenkins.plugins.shera.oci.statement.SignedStatement;
import io.jenkins.plugins.shera.oci.statement.SigningKey;
import io.jenkins.plugins.shera.oci.statement.Statement;
import io.jenkins.plugins.shera.oci.statement.StatementShelf;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real cosign, where it is on the path: it is in no package of Debian, so that no machine has to have it. */
class CosignTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    Path folder;

    private DockerRegistry server;
    private ImageTarget shop;
    private Digest image;
    private final SigningKey key = SigningKey.generate();

    @BeforeEach
    void push() throws IOException {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "cosign"))),
                "cosign is not installed");
        server = DockerRegistry.open(Files.createDirectory(folder.resolve("registry")));
        shop = new ImagePlace(server.address(), RegistryCredentials.NONE).repository("shop/cart");
        image = SmallImage.push(shop, "1", SmallImage.layer(folder, "app", "x"), Map.of(ImageLabels.GATE, "OK"))
                .digest();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void takesOurStatementsByOurKeyAloneAndShowsWhatTheySay() throws Exception {
        StatementShelf shelf = new StatementShelf(shop);
        shelf.add(image, says("ERROR", NOON));
        shelf.add(image, says("OK", NOON.plusSeconds(60)));

        Ended ours = cosign(key, "verify");
        Ended theirs = cosign(SigningKey.generate(), "verify");

        assertThat(ours.code()).as(ours.errors()).isZero();
        JsonNode said = new ObjectMapper().readTree(ours.output());
        assertThat(said.findValuesAsText(ImageLabels.GATE)).containsExactlyInAnyOrder("ERROR", "OK");
        assertThat(said.findValuesAsText("docker-manifest-digest")).containsOnly(image.toString());
        assertThat(theirs.code()).as(theirs.output()).isNotZero();
        assertThat(theirs.errors()).containsIgnoringCase("signature");
    }

    @Test
    void takesTheSignedSbomByOurKeyAlone() throws Exception {
        byte[] sbom = Sbom.write(shop.name(), image, List.of(), Groups.none());
        new SbomShelf(shop).put(image, sbom, Attestation.sign(shop.name(), image, sbom, key));

        Ended ours = cosign(key, "verify-attestation", "--type", "cyclonedx");
        Ended theirs = cosign(SigningKey.generate(), "verify-attestation", "--type", "cyclonedx");

        assertThat(ours.code()).as(ours.errors()).isZero();
        ObjectMapper json = new ObjectMapper();
        byte[] payload = Base64.getDecoder()
                .decode(json.readTree(ours.output()).path("payload").asText());
        assertThat(json.readTree(payload).path("predicate")).isEqualTo(json.readTree(sbom));
        assertThat(theirs.code()).as(theirs.output()).isNotZero();
    }

    private SignedStatement says(String gate, Instant at) {
        return SignedStatement.of(new Statement(shop.name(), image, at, Map.of(ImageLabels.GATE, gate)), key);
    }

    private record Ended(int code, String output, String errors) {}

    private Ended cosign(SigningKey by, String... words) throws Exception {
        Path pem = Files.createTempFile(folder, "cosign", ".pub");
        Files.writeString(pem, by.trusted().pem());
        List<String> command = new ArrayList<>(List.of("cosign"));
        command.addAll(List.of(words));
        command.addAll(List.of("--key", pem.toString(), "--insecure-ignore-tlog=true", shop.name() + "@" + image));
        Path errors = Files.createTempFile(folder, "cosign", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // Nothing of this user's: no keys, no caches, no logins.
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output, Files.readString(errors));
    }
}
