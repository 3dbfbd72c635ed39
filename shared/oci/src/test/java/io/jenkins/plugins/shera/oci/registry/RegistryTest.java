package io.jenkins.plugins.shera.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.KnownConfigs;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");

    @TempDir
    static Path folder;

    private static DockerRegistry server;

    @BeforeAll
    static void start() throws IOException {
        server = DockerRegistry.withPassword(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static RegistryClient client() throws IOException {
        return new RegistryClient(
                server.address(), new RegistryCredentials(DockerRegistry.USER, DockerRegistry.PASSWORD));
    }

    @Test
    void pushesAnImageAndReadsItBack() throws IOException {
        RegistryRepository shop = client().repository("shop/cart");
        Layer layer = SmallImage.layer(folder, "etc/motd", "hello");

        Manifest pushed = SmallImage.push(shop, "1.0", layer);

        assertThat(shop.resolve("1.0")).hasValue(pushed.digest());
        Image image = Image.read(shop, "1.0", AMD64);
        assertThat(image.config().diffIds()).containsExactly(layer.diffId());
        try (InputStream in = shop.openBlob(image.manifest().layers().get(0))) {
            assertThat(in.readAllBytes()).isEqualTo(layer.content().open().readAllBytes());
        }
    }

    @Test
    void sendsNothingWhenTheImageIsThere() throws IOException {
        RegistryRepository shop = client().repository("shop/again");
        Layer layer = SmallImage.layer(folder, "etc/motd", "again");
        SmallImage.push(shop, "1.0", layer);
        long writes = server.logged("\"POST ") + server.logged("\"PUT ");

        ImagePush again = new ImagePush().add(layer);
        again.to(shop, List.of("1.0"), SmallImage.config(layer));

        assertThat(again.bytesSent()).isZero();
        assertThat(server.logged("\"POST ") + server.logged("\"PUT ")).isEqualTo(writes);
    }

    @Test
    void takesBaseLayersOverFromAnotherRepositoryWithoutMovingThem() throws IOException {
        Layer base = SmallImage.large(folder, 300_000);
        SmallImage.push(client().repository("base/java"), "17", base);
        Layer app = SmallImage.layer(folder, "app/x", "y");
        RegistryRepository target = client().repository("shop/mounted");

        ImagePush push = new ImagePush()
                .on(Image.read(client().repository("base/java"), "17", AMD64))
                .add(app);
        push.to(target, List.of("a", "b"), SmallImage.config(base, app));

        assertThat(push.bytesSent()).isLessThan(10_000);
        assertThat(target.tags()).containsExactly("a", "b");
        assertThat(server.logged("GET /v2/base/java/blobs/" + base.descriptor().digest()))
                .isZero();
    }

    @Test
    void readsARememberedConfigurationFromItsFolderUntilThatIsSpoilt() throws IOException {
        RegistryRepository home = client().repository("base/known");
        Manifest base = SmallImage.push(home, "1", SmallImage.layer(folder, "etc/motd", "known"));
        Path configs = folder.resolve("configs");
        String read = "GET /v2/base/known/blobs/" + base.config().digest();

        Image first = Image.read(home, "1", AMD64, new KnownConfigs(configs));
        Image second = Image.read(home, "1", AMD64, new KnownConfigs(configs));

        assertThat(second.config().write()).isEqualTo(first.config().write());
        assertThat(server.logged(read)).isEqualTo(1);
        Path kept = configs.resolve(base.config().digest().hex() + ".config");
        Files.writeString(kept, Files.readString(kept).replace("linux", "Linux"));
        assertThat(Image.read(home, "1", AMD64, new KnownConfigs(configs))
                        .config()
                        .write())
                .isEqualTo(first.config().write());
        assertThat(server.logged(read)).isEqualTo(2);
        assertThat(Image.read(home, "1", AMD64, new KnownConfigs(configs)).named())
                .isEqualTo(base.digest());
        assertThat(server.logged(read)).isEqualTo(2);
    }

    @Test
    void followsATagThatMovedThoughConfigurationsAreRemembered() throws IOException {
        RegistryRepository home = client().repository("base/moved");
        SmallImage.push(home, "1", SmallImage.layer(folder, "etc/motd", "before"));
        KnownConfigs configs = new KnownConfigs(folder.resolve("moved"));
        Image.read(home, "1", AMD64, configs);
        Layer after = SmallImage.layer(folder, "etc/motd", "after");
        Manifest moved = SmallImage.push(home, "1", after);

        Image read = Image.read(home, "1", AMD64, configs);

        assertThat(read.named()).isEqualTo(moved.digest());
        assertThat(read.config().diffIds()).containsExactly(after.diffId());
    }

    @Test
    void sendsALargeBlobInPieces() throws IOException {
        Layer large = SmallImage.large(folder, 2 * BlobUpload.PIECE + 12_345);
        RegistryRepository shop = client().repository("shop/large");

        SmallImage.push(shop, "1", large);

        assertThat(shop.hasBlob(large.descriptor().digest())).isTrue();
        assertThat(server.logged("PATCH /v2/shop/large")).isEqualTo(3);
    }

    @Test
    void deletesAManifest() throws IOException {
        RegistryRepository shop = client().repository("shop/gone");
        Manifest image = SmallImage.push(shop, "1", SmallImage.layer(folder, "x", "gone"));

        shop.delete(image.digest());

        assertThat(shop.resolve("1")).isEmpty();
        assertThat(shop.tags()).isEmpty();
    }

    @Test
    void saysThatCredentialsAreWantedOrWrong() throws IOException {
        assertThatThrownBy(() -> new RegistryClient(server.address(), RegistryCredentials.NONE).ping())
                .hasMessage("Asking the registry " + server.host() + " failed: " + server.host()
                        + " answered 401 'UNAUTHORIZED: authentication required'. It wants credentials: set them where the"
                        + " registry is set up.");
        assertThatThrownBy(() ->
                        new RegistryClient(server.address(), new RegistryCredentials("builder", "wrong-pass")).ping())
                .hasMessageContaining("It does not take these credentials of builder")
                .hasMessageNotContaining("wrong-pass");
    }

    @Test
    void saysThatAnImageIsNotThere() throws IOException {
        RegistryRepository shop = client().repository("shop/none");

        assertThat(shop.resolve("1")).isEmpty();
        assertThat(shop.hasBlob(Digest.of("nothing"))).isFalse();
        assertThatThrownBy(() -> shop.manifest("1"))
                .hasMessageStartingWith("Reading " + server.host() + "/shop/none:1 failed: ")
                .hasMessageEndingWith("It is not there: check the name.");
    }

    @Test
    void anotherToolTakesTheImage() throws Exception {
        DockerRegistry.requireProgram("buildah");
        SmallImage.push(client().repository("shop/buildah"), "1", SmallImage.layer(folder, "etc/motd", "hi"));

        Process buildah = new ProcessBuilder(
                        "buildah",
                        "--root=" + folder.resolve("root"),
                        "--runroot=" + folder.resolve("run"),
                        "--storage-driver=vfs",
                        "pull",
                        "--tls-verify=false",
                        "--creds=" + DockerRegistry.USER + ":" + DockerRegistry.PASSWORD,
                        server.host() + "/shop/buildah:1")
                .redirectErrorStream(true)
                .start();

        String output = new String(buildah.getInputStream().readAllBytes());
        assertThat(buildah.waitFor()).as(output).isZero();
    }
}
