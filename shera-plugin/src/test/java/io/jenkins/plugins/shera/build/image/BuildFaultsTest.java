package io.jenkins.plugins.shera.build.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.build.context.BuildContext;
import io.jenkins.plugins.shera.build.dockerfile.Dockerfile;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.layout.OciLayout;
import io.jenkins.plugins.shera.oci.target.Image;
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

/** A context of very many files, and a base image that somebody replaces while it is built upon. */
class BuildFaultsTest {
    private static final int FOLDERS = 100;
    private static final int FILES_EACH = 1000;

    @TempDir
    Path folder;

    private Path context;
    private Path images;

    @BeforeEach
    void folders() throws IOException {
        context = Files.createDirectories(folder.resolve("context"));
        images = folder.resolve("images");
    }

    private BuiltImage build(String text, BaseImages bases) throws IOException {
        Path dockerfile = Files.writeString(folder.resolve("Dockerfile"), text);
        Path spool = Files.createTempDirectory(folder, "spool");
        return new ImageBuilder(new BuildRequest(
                        Dockerfile.parse(text),
                        new BuildContext(context, dockerfile),
                        null,
                        Map.of(),
                        Platform.ofThisMachine(),
                        Instant.EPOCH,
                        bases,
                        spool,
                        folder.resolve("cache"),
                        line -> {}))
                .build();
    }

    @Test
    void aHundredThousandFilesGoIntoOneLayerAndOnlyOnce() throws IOException {
        for (int i = 0; i < FOLDERS; i++) {
            Path of = Files.createDirectories(context.resolve("modules/m" + i));
            for (int j = 0; j < FILES_EACH; j++) {
                Files.createFile(of.resolve("file" + j));
            }
        }
        Files.writeString(folder.resolve("Dockerfile.dockerignore"), "modules/m1\n");
        OciLayout target = new OciLayout(images, "shop/many");
        String text = "FROM scratch\nCOPY modules /modules/\n";

        BuiltImage first = build(text, (reference, platform) -> null);
        first.pushTo(target, List.of("1"));

        assertThat(first.manifest().layers()).hasSize(1);
        Descriptor layer = first.manifest().layers().get(0);
        long files = 0;
        try (LayerStream stream = new LayerStream(target.openBlob(layer), layer, TarReader.Limits.USUAL)) {
            for (TarEntry e = stream.tar().next(); e != null; e = stream.tar().next()) {
                files += e.name().contains("/file") ? 1 : 0;
            }
        }
        assertThat(files).as("one module is ignored").isEqualTo((FOLDERS - 1L) * FILES_EACH);
        BuiltImage second = build(text, (reference, platform) -> null);
        second.pushTo(target, List.of("1"));
        assertThat(second.manifest().digest()).isEqualTo(first.manifest().digest());
        assertThat(second.bytesSent()).isZero();
    }

    @Test
    void aBaseThatIsReplacedMeanwhileIsTheOneThatWasReadThroughout() throws IOException {
        OciLayout bases = new OciLayout(images, "base");
        SmallImage.push(
                bases, "1", SmallImage.layer(Files.createDirectories(folder.resolve("a")), "etc/motd", "first"));
        Files.writeString(context.resolve("f"), "f");
        Image[] read = new Image[1];

        BuiltImage built = build("FROM base:1\nCOPY f /f\nCOPY f /g\n", (reference, platform) -> {
            read[0] = Image.read(bases, "1", platform);
            SmallImage.push(
                    bases, "1", SmallImage.layer(Files.createDirectories(folder.resolve("b")), "etc/motd", "second"));
            return read[0];
        });
        OciLayout target = new OciLayout(images, "shop/cart");
        built.pushTo(target, List.of("1"));

        assertThat(target.resolve("1")).contains(built.manifest().digest());
        assertThat(built.manifest().layers().get(0).digest())
                .isEqualTo(read[0].manifest().layers().get(0).digest());
        assertThat(Image.read(bases, "1", Platform.ofThisMachine()).manifest().digest())
                .isNotEqualTo(read[0].manifest().digest());
    }
}
