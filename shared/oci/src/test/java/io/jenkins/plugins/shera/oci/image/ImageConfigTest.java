package io.jenkins.plugins.shera.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageConfigTest {
    @Test
    void keepsWhatItDoesNotKnow() throws IOException {
        ImageConfig config = read("{\"config\":{\"Shell\":[\"sh\"]},\"variant\":\"v8\",\"x\":{\"y\":[1]}}");

        config.addEmptyLayer("ENV A=b");

        assertThat(new String(config.write(), StandardCharsets.UTF_8))
                .contains("\"Shell\":[\"sh\"]", "\"variant\":\"v8\"", "\"x\":{\"y\":[1]}");
    }

    @Test
    void writesLabelsInOneOrder() throws IOException {
        ImageConfig one = ImageConfig.empty(Platform.parse("linux/amd64"));
        ImageConfig other = one.copy();
        one.labels(Map.of("b", "1", "a", "2", "c", "3"));
        other.labels(Map.of("c", "3", "a", "2", "b", "1"));

        assertThat(one.write()).isEqualTo(other.write());
        assertThat(one.labels()).containsEntry("a", "2").hasSize(3);
    }

    @Test
    void refusesWhatIsNoConfiguration() {
        assertThatThrownBy(() -> read("[]")).hasMessage("The image configuration is not a JSON object.");
        assertThatThrownBy(() -> read("{\"a\":1,\"a\":2}"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The image configuration is not valid JSON: ");
        assertThatThrownBy(() -> read("{\"rootfs\":{\"diff_ids\":[\"../x\"]}}"))
                .hasMessage("The image configuration is damaged: its rootfs.diff_ids are not digests.");
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(IOException.class);
    }

    @Test
    void choosesTheManifestOfThePlatform() throws IOException {
        String amd = "sha256:" + "a".repeat(64);
        String arm = "sha256:" + "b".repeat(64);
        RawManifest raw = RawManifest.received(
                "",
                ("{\"schemaVersion\":2,\"manifests\":[" + entry(amd, "amd64") + "," + entry(arm, "arm64") + "]}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(raw.isIndex()).isTrue();
        assertThat(ImageIndex.read(raw).select(Platform.parse("linux/arm64/v8")).digest())
                .hasToString(arm);
        assertThatThrownBy(() -> ImageIndex.read(raw).select(Platform.parse("linux/s390x")))
                .hasMessage("The image index " + raw.digest()
                        + " has nothing for linux/s390x; it offers linux/amd64, linux/arm64.");
    }

    private static String entry(String digest, String architecture) {
        return "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + digest
                + "\",\"size\":7,\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}}";
    }

    private static ImageConfig read(String json) throws IOException {
        return ImageConfig.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
