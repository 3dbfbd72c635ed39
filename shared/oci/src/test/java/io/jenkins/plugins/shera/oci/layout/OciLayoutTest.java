package io.jenkins.plugins.shera.oci.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutTest {
    @TempDir
    Path folder;

    private ImageTarget repository(String name) throws IOException {
        RegistryAddress address =
                RegistryAddress.of("oci:" + folder.resolve("images"), "images.example:5000", false, "");
        return new ImagePlace(address, RegistryCredentials.NONE).repository(name);
    }

    @Test
    void keepsImagesAsARegistryDoes() throws IOException {
        ImageTarget shop = repository("shop/cart");
        Layer layer = SmallImage.layer(folder, "x", "1");

        Manifest first = SmallImage.push(shop, "1", layer);
        SmallImage.push(shop, "2", layer);
        Manifest other = SmallImage.push(shop, "1", SmallImage.layer(folder, "x", "2"));

        assertThat(shop.tags()).containsExactly("1", "2");
        assertThat(shop.resolve("2")).hasValue(first.digest());
        assertThat(Image.read(shop, "1", Platform.parse("linux/amd64"))
                        .manifest()
                        .digest())
                .isEqualTo(other.digest());
        shop.delete(other.digest());
        assertThat(shop.tags()).containsExactly("2");
        assertThatThrownBy(() -> shop.manifest("1")).hasMessageContaining("There is no 1 in oci:");
    }

    @Test
    void takesLayersOverByALink() throws IOException {
        Layer base = SmallImage.large(folder, 100_000);
        SmallImage.push(repository("base"), "1", base);
        ImagePush push = new ImagePush().on(Image.read(repository("base"), "1", Platform.parse("linux/amd64")));

        push.to(repository("app"), List.of("1"), SmallImage.config(base));

        assertThat(push.bytesSent()).isLessThan(1000);
        assertThat(repository("app").hasBlob(base.descriptor().digest())).isTrue();
    }

    @Test
    void losesNoTagWhenManyPushAtOnce() throws IOException {
        Layer layer = SmallImage.layer(folder, "x", "1");
        ImageTarget shop = repository("busy");
        SmallImage.push(shop, "first", layer);

        IntStream.range(0, 40).parallel().forEach(i -> {
            try {
                SmallImage.push(repository("busy"), "t" + i, layer);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });

        assertThat(shop.tags()).hasSize(41);
    }

    @Test
    void buildahReadsTheLayout() throws Exception {
        DockerRegistry.requireProgram("buildah");
        SmallImage.push(repository("shop"), "1", SmallImage.layer(folder, "etc/motd", "hi"));

        Process buildah = new ProcessBuilder(
                        "buildah",
                        "--root=" + folder.resolve("root"),
                        "--runroot=" + folder.resolve("run"),
                        "--storage-driver=vfs",
                        "pull",
                        "oci:" + folder.resolve("images/shop") + ":1")
                .redirectErrorStream(true)
                .start();

        String output = new String(buildah.getInputStream().readAllBytes());
        assertThat(buildah.waitFor()).as(output).isZero();
    }

    @Test
    void noticesADamagedManifestAndAHostileName() throws IOException {
        Manifest image = SmallImage.push(repository("shop"), "1", SmallImage.layer(folder, "x", "1"));
        Path blob = folder.resolve("images/shop/blobs/sha256/" + image.digest().hex());
        Files.writeString(blob, "{}");

        assertThatThrownBy(() -> repository("shop").manifest("1")).hasMessageContaining("is damaged");
        assertThatThrownBy(() -> repository("../shop")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RegistryAddress.of("oci:relative", "a.b", false, ""))
                .hasMessage("'oci:relative' is not a folder for images: give oci: and an absolute path.");
    }
}
