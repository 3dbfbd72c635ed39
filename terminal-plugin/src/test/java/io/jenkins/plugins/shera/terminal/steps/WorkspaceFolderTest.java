package io.jenkins.plugins.shera.terminal.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarWriter;
import io.jenkins.plugins.shera.terminal.files.FolderArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of a workspace, on their way into a container and out of a hostile one. */
class WorkspaceFolderTest {

    @TempDir
    Path folder;

    private static void add(TarWriter tar, TarEntry entry, String text) throws IOException {
        tar.add(entry, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFolderIsPackedWithItsNameAndWhatIsTooMuchIsRefused() throws Exception {
        Path source = Files.createDirectories(folder.resolve("conf/deep")).getParent();
        Files.writeString(source.resolve("run.sh"), "run").toFile().setExecutable(true);
        Files.writeString(source.resolve("deep/\u6587 one"), "one");
        Files.createSymbolicLink(source.resolve("link"), Path.of("run.sh"));
        Path packed = folder.resolve("packed.tar");
        WorkspaceFolder.pack(new FilePath(source.toFile()), "shop", 6, packed);
        Path clean = folder.resolve("clean.tar");
        try (InputStream in = Files.newInputStream(packed);
                OutputStream out = Files.newOutputStream(clean)) {
            FolderArchive.Copied copied = FolderArchive.fromPerson(in, "/etc", out, 100);
            assertThat(copied.files()).as("with the folders and the link").isEqualTo(5);
            assertThat(copied.bytes()).isEqualTo(6);
        }
        assertThat(Files.readString(clean, StandardCharsets.UTF_8)).contains("shop/deep/\u6587 one", "shop/run.sh");
        assertThatThrownBy(() -> WorkspaceFolder.pack(new FilePath(source.toFile()), "shop", 5, packed))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("more than 5 bytes");
    }

    @Test
    void whatAContainerSendsStaysInTheFolderAndLinksToNothingOfTheAgent() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside"), "kept");
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Files.createSymbolicLink(workspace.resolve("way"), folder);
        Files.createSymbolicLink(workspace.resolve("old"), outside);
        Path archive = folder.resolve("logs.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive));
                TarWriter tar = new TarWriter(out, Instant.EPOCH)) {
            tar.add(TarEntry.folder("logs", 0755), InputStream.nullInputStream());
            add(tar, TarEntry.file("logs/old", 0755, 3), "new");
            add(tar, TarEntry.file("logs/way/outside", 0644, 3), "bad");
            tar.add(TarEntry.symlink("logs/passwd", "/etc/passwd"), InputStream.nullInputStream());
            tar.add(TarEntry.kept("logs/again", TarEntry.Kind.HARD_LINK, "logs/old"), InputStream.nullInputStream());
            tar.add(TarEntry.kept("logs/none", TarEntry.Kind.HARD_LINK, "logs/passwd"), InputStream.nullInputStream());
        }
        assertThat(WorkspaceFolder.unpack(archive, new FilePath(workspace.toFile())))
                .containsExactly(3, 2);
        assertThat(outside).hasContent("kept");
        assertThat(workspace.resolve("way/outside")).hasContent("bad");
        assertThat(workspace.resolve("way")).isDirectory().satisfies(way -> assertThat(Files.isSymbolicLink(way))
                .isFalse());
        assertThat(workspace.resolve("old")).hasContent("new").isExecutable();
        assertThat(workspace.resolve("again")).hasContent("new");
        assertThat(workspace.resolve("passwd")).doesNotExist();
        try (var left = Files.list(workspace)) {
            assertThat(left).as("nothing of ours stays").hasSize(3);
        }
    }
}
