package io.jenkins.plugins.shera.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTest {
    @TempDir
    Path folder;

    @Test
    void givesTheSameBytesForTheSameFilesInAnyOrder() throws IOException {
        LayerWriter one = new LayerWriter(Instant.EPOCH);
        file(one, "a", "1");
        file(one, "b/c", "2");
        one.add(TarEntry.symlink("l", "/b/c"));
        LayerWriter other = new LayerWriter(Instant.EPOCH);
        other.add(TarEntry.symlink("l", "/b/c"));
        file(other, "b/c", "2");
        file(other, "a", "1");

        assertThat(one.write(folder.resolve("1")).descriptor().digest())
                .isEqualTo(other.write(folder.resolve("2")).descriptor().digest());
    }

    @Test
    void tarOfThisMachineReadsWhatIsWritten() throws Exception {
        String longName = "d".repeat(90) + "/" + "\u4e2d\u6587".repeat(30);
        LayerWriter writer = new LayerWriter(Instant.ofEpochSecond(1_700_000_000));
        file(writer, longName, "content");
        writer.add(TarEntry.folder("e", 01777));
        writer.add(TarEntry.symlink("s", "x".repeat(150)));
        Path layer = folder.resolve("layer");
        writer.write(layer);

        Process tar = new ProcessBuilder(
                        "tar", "tvzf", layer.toString(), "--quoting-style=literal", "--show-stored-names")
                .redirectErrorStream(true)
                .start();
        String listing = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tar.waitFor()).as(listing).isZero();
        assertThat(listing).contains("drwxrwxrwt 0/0", "d".repeat(90), "-> " + "x".repeat(150), "2023-11-14");
        assertThat(names(Files.readAllBytes(layer))).containsExactly(longName, "e", "s");
    }

    @Test
    void readsWhatTarOfThisMachineWrites() throws Exception {
        String name = "n".repeat(60) + "/" + "m".repeat(60);
        Path source = Files.createDirectories(folder.resolve("source/" + name));
        Files.writeString(source.resolve("file"), "content");
        Files.createLink(source.resolve("hard"), source.resolve("file"));
        for (String format : List.of("gnu", "pax")) {
            Path archive = folder.resolve(format);
            Process tar = new ProcessBuilder(
                            "tar", "czf", archive.toString(), "--format=" + format, "-C", folder + "/source", ".")
                    .start();
            assertThat(tar.waitFor()).isZero();

            assertThat(names(Files.readAllBytes(archive))).contains(name, name + "/file", name + "/hard");
        }
    }

    @Test
    void keepsExtendedAttributesByteByByte() throws Exception {
        byte[] capability = {1, 0, 0, 2, 0, 4, 0, 0, '\n', '=', 0, 0, (byte) 0xff, (byte) 0xc3, 0, 0, 0, 0, 0, 0};
        Map<String, byte[]> attributes =
                Map.of("security.capability", capability, "user.note", "\u4e2d".getBytes(StandardCharsets.UTF_8));
        byte[] content = "x".getBytes(StandardCharsets.UTF_8);
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(
                TarEntry.file("d".repeat(150) + "/ping", 0755, 1)
                        .withAttributes(attributes)
                        .ownedBy(1, 2),
                BlobSource.of(content));
        file(writer, "plain", "2");
        TarReader reader = new TarReader(new ByteArrayInputStream(gunzip(writer)), TarReader.Limits.USUAL);

        TarEntry ping = reader.next();
        assertThat(ping.name()).endsWith("/ping");
        assertThat(ping.attributes()).containsOnlyKeys("security.capability", "user.note");
        assertThat(ping.attributes().get("security.capability")).isEqualTo(capability);
        assertThat(ping.named("other").withMode(0700).attributes()).isEqualTo(ping.attributes());
        assertThat(reader.next().attributes()).isEmpty();
        Path layer = folder.resolve("attributes");
        writer.write(layer);
        Process tar = new ProcessBuilder("tar", "tvzf", layer.toString(), "--xattrs", "--xattrs-include=*", "-vv")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("security.capability", "user.note");
        assertThat(tar.waitFor()).isZero();
    }

    @Test
    void refusesNamesThatLeaveTheImage() throws IOException {
        refuses(TarEntry.file("aaaaaaaaaa", 0644, 0), "../../etc/x", "which climbs out of the image.");
        refuses(TarEntry.file("aaaaaaaa", 0644, 0), "/etc/abc", "an absolute path.");
    }

    private void refuses(TarEntry entry, String name, String message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TarWriter(out, Instant.EPOCH).add(entry, ByteArrayInputStream.nullInputStream());
        byte[] tar = out.toByteArray();
        System.arraycopy(name.getBytes(StandardCharsets.UTF_8), 0, tar, 0, name.length());
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? ' ' : tar[i] & 0xff;
        }
        System.arraycopy(String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII), 0, tar, 148, 6);

        TarReader reader = new TarReader(new ByteArrayInputStream(tar), TarReader.Limits.USUAL);

        assertThatThrownBy(reader::next).isInstanceOf(LayerException.class).hasMessageEndingWith(message);
    }

    @Test
    void refusesTooManyFilesTooManyBytesAndDamage() throws IOException {
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        for (int i = 0; i < 20; i++) {
            file(writer, "f" + i, "0123456789");
        }
        byte[] tar = gunzip(writer);

        assertThatThrownBy(() -> all(new TarReader(new ByteArrayInputStream(tar), new TarReader.Limits(10, 1000))))
                .hasMessage("The layer holds more than 10 files.");
        assertThatThrownBy(() -> all(new TarReader(new ByteArrayInputStream(tar), new TarReader.Limits(99, 100))))
                .hasMessage("The layer unpacks to more than 100 bytes.");
        assertThatThrownBy(() -> all(new TarReader(new ByteArrayInputStream(tar, 0, 700), TarReader.Limits.USUAL)))
                .hasMessage("The layer ends in the middle of a file.");
        tar[3] ^= 1;
        assertThatThrownBy(() -> all(new TarReader(new ByteArrayInputStream(tar), TarReader.Limits.USUAL)))
                .hasMessageStartingWith("The layer is damaged");
    }

    @Test
    void unpacksLayersOverEachOther() throws IOException {
        LayerWriter lower = new LayerWriter(Instant.EPOCH);
        file(lower, "etc/old", "old");
        file(lower, "opt/a", "a");
        file(lower, "opt/b", "b");
        file(lower, "usr/bin/env", "env");
        lower.add(TarEntry.symlink("bin", "/usr/bin"));
        LayerWriter upper = new LayerWriter(Instant.EPOCH);
        upper.add(TarEntry.whiteout("etc/old"));
        upper.add(TarEntry.file("opt/.wh..wh..opq", 0, 0));
        file(upper, "opt/c", "c");
        Path root = folder.resolve("root");
        Unpacker unpacker = new Unpacker(root);

        unpacker.add(stream(lower));
        unpacker.add(stream(upper));

        assertThat(root.resolve("etc")).isEmptyDirectory();
        assertThat(root.resolve("opt")).isDirectoryContaining("glob:**/c").isDirectoryNotContaining("glob:**/[ab]");
        assertThat(root.resolve("bin")).isSymbolicLink();
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        LayerWriter evil = new LayerWriter(Instant.EPOCH);
        evil.add(TarEntry.symlink("a", outside.toString()));
        LayerWriter worse = new LayerWriter(Instant.EPOCH);
        file(worse, "a/b", "written");
        Unpacker unpacker = new Unpacker(folder.resolve("root"));

        unpacker.add(stream(evil));
        unpacker.add(stream(worse));

        assertThat(outside).isEmptyDirectory();
        assertThat(folder.resolve("root/a/b")).hasContent("written");
    }

    @Test
    void refusesDevicesAndLinksToWhatIsNotThere() throws IOException {
        LayerWriter device = new LayerWriter(Instant.EPOCH);
        device.add(TarEntry.of("dev/sda", TarEntry.Kind.BLOCK_DEVICE, 0600, 0, ""));
        LayerWriter link = new LayerWriter(Instant.EPOCH);
        link.add(TarEntry.of("passwd", TarEntry.Kind.HARD_LINK, 0644, 0, "etc/passwd"));
        Unpacker unpacker = new Unpacker(folder.resolve("root"));

        assertThatThrownBy(() -> unpacker.add(stream(device)))
                .hasMessage("The layer holds the device or pipe '/dev/sda', which is not unpacked here.");
        assertThatThrownBy(() -> unpacker.add(stream(link)))
                .hasMessage("The layer links '/passwd' to '/etc/passwd', which is no file of the image.");
    }

    @Test
    void seesTheFilesAContainerWouldSee() throws IOException {
        ImageTree tree = new ImageTree();
        tree.add(List.of(
                TarEntry.file("usr/bin/env", 0755, 1),
                TarEntry.symlink("bin", "usr/bin"),
                TarEntry.symlink("loop", "loop"),
                TarEntry.file("opt/a/b", 0644, 1)));
        tree.add(List.of(TarEntry.whiteout("opt/a"), TarEntry.file("opt/c", 0644, 1)));

        assertThat(tree.resolve("bin/env")).isEqualTo("usr/bin/env");
        assertThat(tree.resolve("bin/../../lib/x")).isEqualTo("lib/x");
        assertThat(tree.find("opt/a/b")).isEmpty();
        assertThat(tree.allBelow("opt")).hasSize(1);
        assertThat(tree.layerOf("opt/c")).isEqualTo(1);
        assertThatThrownBy(() -> tree.resolve("loop/x"))
                .hasMessage("The links of the image lead in a circle at /loop.");
    }

    @Test
    void keepsListings() throws IOException {
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        file(writer, "a/b", "x");
        writer.add(TarEntry.symlink("l", "a"));
        LayerListing.of(stream(writer)).save(folder.resolve("cache"), "x");

        assertThat(LayerListing.load(folder.resolve("cache/x")).entries())
                .extracting(TarEntry::toString)
                .containsExactly("FILE a/b", "SYMLINK l");
    }

    private static void file(LayerWriter writer, String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        writer.add(TarEntry.file(name, 0644, bytes.length), BlobSource.of(bytes));
    }

    private LayerStream stream(LayerWriter writer) throws IOException {
        Layer layer = writer.write(Files.createTempFile(folder, "layer", ""));
        return new LayerStream(layer.content().open(), layer.descriptor(), TarReader.Limits.USUAL);
    }

    private byte[] gunzip(LayerWriter writer) throws IOException {
        Layer layer = writer.write(Files.createTempFile(folder, "layer", ""));
        return new java.util.zip.GZIPInputStream(layer.content().open()).readAllBytes();
    }

    private static List<String> names(byte[] packed) throws IOException {
        Descriptor descriptor = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(packed), packed.length);
        return all(new LayerStream(new ByteArrayInputStream(packed), descriptor, TarReader.Limits.USUAL).tar());
    }

    private static List<String> all(TarReader reader) throws IOException {
        List<String> names = new ArrayList<>();
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            names.add(entry.name());
        }
        return names;
    }
}
