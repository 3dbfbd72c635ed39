package io.jenkins.plugins.shera.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerCacheTest {
    @TempDir
    Path folder;

    private Path library;
    private Path spool;
    private LayerCache cache;
    private int files;

    @BeforeEach
    void prepare() throws Exception {
        library = Files.writeString(folder.resolve("library.jar"), "the library");
        spool = Files.createDirectory(folder.resolve("spool"));
        cache = new LayerCache(folder.resolve("cache"));
    }

    @Test
    void packsEqualFilesOnceAndSaysTheSameOfThem() throws Exception {
        Layer first = layer(BlobSource.of(library));
        Layer second = layer(BlobSource.of(library));

        same(second, first);
        assertThat(packed()).isEqualTo(1);
        assertThat(second.content().open().readAllBytes())
                .isEqualTo(first.content().open().readAllBytes());
        assertThat(second.content().open().readAllBytes()).isNotEmpty();
        assertThat(packed()).isEqualTo(2);
    }

    @Test
    void knowsFilesThatWereCopiedAnewByTheirContent() throws Exception {
        Layer first = layer(BlobSource.of(library));
        Path copy = Files.copy(library, folder.resolve("again.jar"));

        same(layer(BlobSource.of(copy)), first);
        same(layer(BlobSource.of("the library".getBytes(StandardCharsets.UTF_8))), first);
        assertThat(packed()).isEqualTo(1);
    }

    /** The content changes, size and time of change stay: only the time of status change, which nobody can set, tells. */
    @Test
    void isNotFooledByATimeThatWasPutBack() throws Exception {
        FileTime old = FileTime.from(Instant.now().minusSeconds(3600));
        Files.setLastModifiedTime(library, old);
        Thread.sleep(2500);
        Layer first = layer(BlobSource.of(library));
        same(layer(BlobSource.of(library)), first);
        Files.writeString(library, "THE LIBRARY");
        Files.setLastModifiedTime(library, old);

        Layer changed = layer(BlobSource.of(library));

        assertThat(changed.diffId()).isNotEqualTo(first.diffId());
        assertThat(Digest.of(changed.content().open().readAllBytes()))
                .isEqualTo(changed.descriptor().digest());
    }

    /** Within the same tick of the file system's clock no time tells, so such files are read. */
    @Test
    void readsFilesThatAreTooYoungToBeKnownByTheirTimes() throws Exception {
        Layer first = layer(BlobSource.of(library));
        for (int i = 0; i < 50; i++) {
            Files.writeString(library, String.format("the l%06d", i));
            assertThat(layer(BlobSource.of(library)).diffId()).isNotEqualTo(first.diffId());
        }
    }

    @Test
    void tellsModesAndOwnersApart() throws Exception {
        Layer first = layer(BlobSource.of(library));
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.file("app/library.jar", 0755, Files.size(library)), BlobSource.of(library));

        assertThat(cache.write(writer, spool.resolve("other")).diffId()).isNotEqualTo(first.diffId());
    }

    @Test
    void forgetsWhatIsSpoilt() throws Exception {
        Layer first = layer(BlobSource.of(library));
        try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, Files.readString(file).replaceFirst("sha256:.", "sha256:0"));
            }
        }

        same(layer(BlobSource.of(library)), first);
        assertThat(packed()).isEqualTo(2);
    }

    @Test
    void refusesBytesThatAreNotWhatWasSaid() throws Exception {
        layer(BlobSource.of(library));
        Layer second = layer(BlobSource.of(library));
        Files.writeString(library, "THE LIBRARY");

        assertThatThrownBy(() -> second.content().open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed while the image was built")
                .hasMessageContaining("build again");

        Layer third = layer(BlobSource.of(library));
        assertThat(Digest.of(third.content().open().readAllBytes()))
                .isEqualTo(third.descriptor().digest());
    }

    @Test
    void staysSmall() throws Exception {
        for (int i = 0; i < 100; i++) {
            Files.writeString(library, String.format("the l%06d", i));
            layer(BlobSource.of(library));
        }
        try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
            assertThat(all.filter(Files::isRegularFile).count()).isLessThanOrEqualTo(40);
        }
    }

    private Layer layer(BlobSource content) throws IOException {
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        writer.add(TarEntry.folder("app", 0755));
        writer.add(TarEntry.file("app/library.jar", 0644, "the library".length()), content);
        return cache.write(writer, spool.resolve("layer" + files++));
    }

    private static void same(Layer actual, Layer expected) {
        assertThat(actual.diffId()).isEqualTo(expected.diffId());
        assertThat(actual.descriptor().digest()).isEqualTo(expected.descriptor().digest());
        assertThat(actual.descriptor().size()).isEqualTo(expected.descriptor().size());
    }

    private long packed() throws IOException {
        try (Stream<Path> all = Files.list(spool)) {
            return all.count();
        }
    }
}
