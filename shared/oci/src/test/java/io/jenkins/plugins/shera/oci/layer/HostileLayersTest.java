package io.jenkins.plugins.shera.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that somebody made to hurt whoever reads them. */
class HostileLayersTest {
    private static final int BLOCK = 512;

    @TempDir
    Path folder;

    @Test
    void aSparseFileIsRefusedInEveryFormatThatTarWritesIt() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(1L << 40);
            sparse.write(1);
        }
        for (List<String> format : List.of(
                List.of("--format=gnu"),
                List.of("--format=pax", "--sparse-version=0.0"),
                List.of("--format=pax", "--sparse-version=0.1"),
                List.of("--format=pax", "--sparse-version=1.0"))) {
            Path archive = folder.resolve("archive.tar");
            ProcessBuilder tar =
                    new ProcessBuilder("tar", "cf", archive.toString(), "--sparse", "-C", folder.toString());
            tar.command().addAll(format);
            tar.command().add("sparse");
            assertThat(tar.inheritIO().start().waitFor()).isZero();
            try (InputStream in = Files.newInputStream(archive)) {
                assertThatThrownBy(() -> readAll(in))
                        .as(format.toString())
                        .isInstanceOf(LayerException.class)
                        .hasMessageStartingWith("The layer holds");
            }
        }
    }

    @Test
    void aHardLinkToNothingMakesNothing() throws Exception {
        byte[] tar = written(TarEntry.of("link", TarEntry.Kind.HARD_LINK, 0644, 0, "aa"));
        tar[157] = 0;
        tar[158] = 0;
        Path out = Files.createDirectories(folder.resolve("out"));
        seal(tar);
        assertThatThrownBy(() -> unpack(tar, out)).isInstanceOf(IOException.class);
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void aHardLinkThatLeavesTheImageIsRefused() throws Exception {
        for (String target : List.of("../../../etc/passwd", "/etc/passwd", "a/../../x")) {
            byte[] tar = written(TarEntry.of("link", TarEntry.Kind.HARD_LINK, 0644, 0, "a".repeat(target.length())));
            System.arraycopy(target.getBytes(StandardCharsets.UTF_8), 0, tar, 157, target.length());
            seal(tar);
            assertThatThrownBy(() -> readAll(new ByteArrayInputStream(tar)))
                    .as(target)
                    .isInstanceOf(LayerException.class);
        }
    }

    @Test
    void aWhiteoutThatNamesTheFolderItStandsInOrTheOneAboveTakesNothingAway() throws Exception {
        Path beside = Files.writeString(folder.resolve("beside"), "x");
        Path out = Files.createDirectories(folder.resolve("out"));
        Path there = Files.writeString(Files.createDirectories(out.resolve("a")).resolve("there"), "x");
        for (String name : List.of(".wh.", ".wh..", ".wh...", "a/.wh.", "a/.wh..", "a/.wh...")) {
            byte[] tar = written(TarEntry.file("b".repeat(name.length()), 0644, 0));
            System.arraycopy(name.getBytes(StandardCharsets.UTF_8), 0, tar, 0, name.length());
            seal(tar);
            assertThatThrownBy(() -> unpack(tar, out))
                    .as(name)
                    .isInstanceOf(LayerException.class)
                    .hasMessageContaining("takes away a folder it stands in");
            assertThat(beside).exists();
            assertThat(there).exists();
        }
    }

    @Test
    void moreFilesThanTheBoundEndTheReadingAndAreNotHeldInMemory() throws Exception {
        byte[] one = written(TarEntry.file("f", 0644, 0));
        TarReader reader = new TarReader(new Endless(one), new TarReader.Limits(1_000_000, 1L << 40));
        long read = 0;
        LayerException refused = null;
        while (refused == null) {
            try {
                assertThat(reader.next()).isNotNull();
                read++;
            } catch (LayerException e) {
                refused = e;
            }
        }
        assertThat(read).isEqualTo(1_000_000);
        assertThat(refused).hasMessage("The layer holds more than 1000000 files.");
    }

    /** The head of one entry without the end of the archive. */
    private static byte[] written(TarEntry entry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TarWriter(out, Instant.EPOCH).add(entry, InputStream.nullInputStream());
        return out.toByteArray();
    }

    private static void seal(byte[] head) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : head[i] & 0xff;
        }
        System.arraycopy(String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII), 0, head, 148, 6);
    }

    private static void readAll(InputStream tar) throws IOException {
        TarReader reader = new TarReader(tar, TarReader.Limits.USUAL);
        while (reader.next() != null) {
            // Only whether it may.
        }
    }

    private static void unpack(byte[] tar, Path out) throws IOException {
        byte[] whole = Arrays.copyOf(tar, tar.length + 2 * BLOCK);
        byte[] packed = gzip(whole);
        Descriptor descriptor = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.of(packed), packed.length);
        new Unpacker(out).add(new LayerStream(new ByteArrayInputStream(packed), descriptor, TarReader.Limits.USUAL));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    /** The same bytes again and again. */
    private static final class Endless extends InputStream {
        private final byte[] content;
        private int at;

        Endless(byte[] content) {
            this.content = content;
        }

        @Override
        public int read() {
            int next = content[at] & 0xff;
            at = (at + 1) % content.length;
            return next;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            int some = Math.min(length, content.length - at);
            System.arraycopy(content, at, into, from, some);
            at = (at + some) % content.length;
            return some;
        }
    }
}
