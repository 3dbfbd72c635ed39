package io.jenkins.plugins.shera.oci.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.server.FaultProxy;
import io.jenkins.plugins.shera.oci.statement.Attachments;
import io.jenkins.plugins.shera.oci.statement.KeyRing;
import io.jenkins.plugins.shera.oci.statement.SigningKey;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that refuse the list of referrers, or what hangs on an image itself. */
class SbomFaultsTest {
    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate();
    private DockerRegistry server;
    private FaultProxy proxy;
    private ImageTarget shop;
    private Digest image;

    @BeforeEach
    void start() throws IOException {
        server = DockerRegistry.open(folder);
        proxy = new FaultProxy(server.host());
        shop = new ImagePlace(RegistryAddress.of(proxy.host()), RegistryCredentials.NONE).repository("shop");
        image = SmallImage.push(shop, "1", SmallImage.layer(folder, "app", "1")).digest();
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    private void put() throws IOException {
        byte[] sbom = Sbom.write("shop", image, List.of(), Groups.none());
        new SbomShelf(shop).put(image, sbom, Attestation.sign("shop", image, sbom, key));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 501})
    void whereTheListOfReferrersIsRefusedTheIndexUnderATagHasIt(int status) throws IOException {
        proxy.on("GET", "/referrers/", 100, FaultProxy.status(status));

        put();
        put();

        assertThat(new SbomShelf(shop)
                        .read(image, new KeyRing(List.of(key.trusted()), Set.of()))
                        .orElseThrow()
                        .isSigned())
                .isTrue();
        assertThat(Json.read(shop.manifest(Attachments.fallbackTag(image)).content(), "index")
                        .path("manifests")
                        .findValuesAsText("artifactType"))
                .containsExactlyInAnyOrder(Sbom.TYPE, "application/vnd.dsse.envelope.v1+json");
    }

    @Test
    void whereARegistryTakesImagesOnlyItIsSaid() {
        proxy.on("PUT", "/manifests/sha256-", 100, FaultProxy.status(400));

        assertThatThrownBy(this::put)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Pushing " + proxy.host() + "/shop:" + SbomShelf.tag(image))
                .hasMessageContaining("400");
    }
}
