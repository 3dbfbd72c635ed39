package io.jenkins.plugins.shera.build.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.build.image.LayerListings;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layout.OciLayout;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugVariantTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final String PINNED = "r.example.org/t@sha256:" + "0".repeat(64);

    @TempDir
    Path folder;

    private Image app;

    @BeforeEach
    void application() throws IOException {
        Layer layer = SmallImage.layer(folder, "app/app.jar", "jar");
        ImageConfig config = SmallImage.config(layer);
        config.labels(Map.of("io.shera.quality.gate", "OK", "mine", "1"));
        config.container().putArray("Cmd").add("start");
        new ImagePush().add(layer).to(layout("app"), List.of("1"), config);
        app = Image.read(layout("app"), "1", AMD64);
    }

    private OciLayout layout(String name) {
        return new OciLayout(folder.resolve("images"), name);
    }

    private Image bundle(String name, TarEntry... entries) throws IOException {
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        for (TarEntry entry : entries) {
            writer.add(entry, BlobSource.of(new byte[(int) entry.size()]));
        }
        SmallImage.push(layout(name), "1", writer.write(Files.createTempFile(folder, "layer", "")));
        return Image.read(layout(name), "1", AMD64);
    }

    private static ToolBundle pinned(String name, Image image) {
        return ToolBundle.of(
                name, "r.example.org/" + name + "@" + image.manifest().digest());
    }

    private DebugVariant variant() {
        return new DebugVariant(app, new LayerListings(folder.resolve("cache"), line -> {}));
    }

    @Test
    void toolsAreTheLastLayersOfTheSameImage() throws IOException {
        Image jq = bundle("jq", TarEntry.folder("opt/shera", 0755), TarEntry.file("opt/shera/bin/jq", 0755, 3));
        Image ssh = bundle("ssh", TarEntry.file("opt/shera/bin/ssh", 0755, 4));
        DebugVariant variant = variant();
        variant.add(pinned("jq", jq), jq);
        variant.add(pinned("ssh", ssh), ssh);

        Manifest pushed = variant.pushTo(layout("app"), List.of("1-debug"));

        Image debug = Image.read(layout("app"), "1-debug", AMD64);
        assertThat(debug.manifest().digest()).isEqualTo(pushed.digest());
        assertThat(debug.manifest().layers())
                .extracting(layer -> layer.digest())
                .containsExactly(
                        app.manifest().layers().get(0).digest(),
                        jq.manifest().layers().get(0).digest(),
                        ssh.manifest().layers().get(0).digest());
        assertThat(debug.config().labels())
                .containsEntry(DebugVariant.LABEL, pinned("jq", jq) + " " + pinned("ssh", ssh))
                .containsEntry("io.shera.quality.gate", "OK")
                .containsEntry("mine", "1");
        assertThat(debug.config().environment().get("PATH")).endsWith(":/bin:/opt/shera/bin");
        assertThat(debug.config().container().path("Cmd").path(0).asText()).isEqualTo("start");
        assertThat(Image.read(layout("app"), "1", AMD64).manifest().digest())
                .isEqualTo(app.manifest().digest());
    }

    @Test
    void aBundleThatDoesMoreThanAddFilesIsRefused() throws IOException {
        refuses("holds /etc/passwd", TarEntry.file("etc/passwd", 0644, 1));
        refuses("holds /opt,", TarEntry.symlink("opt", "/tmp"));
        refuses("holds /opt/sheraton", TarEntry.file("opt/sheraton", 0644, 1));
        refuses("changes its user", TarEntry.file("opt/shera/bin/su", 04755, 1));
        refuses("hides files of the image", TarEntry.whiteout("opt/shera/bin"));
    }

    private void refuses(String why, TarEntry entry) throws IOException {
        Image bad = bundle("bad-" + Integer.toHexString(why.hashCode()), entry);
        assertThatThrownBy(() -> variant().add(pinned("bad", bad), bad))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The tool bundle bad (")
                .hasMessageContaining(why);
    }

    @Test
    void aBundleForAnotherProcessorOrWithAnothersFilesIsRefused() throws IOException {
        Layer layer = SmallImage.layer(folder, "opt/shera/bin/jq", "x");
        ImageConfig config = ImageConfig.empty(Platform.parse("linux/arm64"));
        config.addLayer(layer.diffId(), "");
        new ImagePush().add(layer).to(layout("arm"), List.of("1"), config);
        Image arm = Image.read(layout("arm"), "1", AMD64);
        assertThatThrownBy(() -> variant().add(pinned("arm", arm), arm))
                .hasMessageContaining("it is for linux/arm64, the image for linux/amd64");

        Image one = bundle("one", TarEntry.file("opt/shera/bin/jq", 0755, 1));
        Image two = bundle("two", TarEntry.file("opt/shera/bin/jq", 0755, 2));
        DebugVariant variant = variant();
        variant.add(pinned("one", one), one);
        assertThatThrownBy(() -> variant.add(pinned("two", two), two))
                .hasMessageContaining("it holds /opt/shera/bin/jq, which one holds too");
    }

    @Test
    void namesAreTakenFromTheCatalogueAndOwnBundlesMustBePinned() {
        List<ToolBundle> catalogue = List.of(ToolBundle.of("jq", PINNED), ToolBundle.of("curl", PINNED));

        assertThat(ToolList.read("curl, own=" + PINNED + " jq", catalogue))
                .extracting(ToolBundle::name)
                .containsExactly("curl", "own", "jq");
        assertThat(ToolList.read(null, catalogue)).isEmpty();
        assertThatThrownBy(() -> ToolList.read("nmap", catalogue))
                .hasMessageContaining("There is no tool bundle 'nmap'")
                .hasMessageContaining("jq, curl");
        assertThatThrownBy(() -> ToolList.read("jq jq", catalogue)).hasMessageContaining("named twice");
        for (String open : List.of(
                "r.example.org/t:1", "t@sha256:" + "0".repeat(64), "r.example.org/t:1" + PINNED.substring(15))) {
            assertThatThrownBy(() -> ToolList.read("own=" + open, catalogue))
                    .hasMessageContaining("pin it by digest alone");
        }
        assertThatThrownBy(() -> ToolBundle.of("../x", PINNED)).hasMessageContaining("no name of a tool bundle");
    }
}
