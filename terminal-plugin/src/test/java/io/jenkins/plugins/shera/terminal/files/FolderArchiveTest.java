package io.jenkins.plugins.shera.terminal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of this machine, copied by the very commands that run in a container, and archives that mean harm. */
class FolderArchiveTest {
    @TempDir
    Path folder;

    private final ContainerFiles files = new ContainerFiles(FolderArchiveTest::here);

    private static FileShell.Ended here(List<String> command, InputStream input, OutputStream output)
            throws IOException {
        Path errors = Files.createTempFile("files-", ".err");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (OutputStream to = process.getOutputStream()) {
            if (input != null) {
                input.transferTo(to);
            }
        }
        process.getInputStream().transferTo(output);
        try {
            return new FileShell.Ended(process.waitFor(), Files.readString(errors));
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.delete(errors);
        }
    }

    private static void tar(Path archive, Path in, String... words) throws Exception {
        java.util.ArrayList<String> command =
                new java.util.ArrayList<>(List.of("tar", "-P", "-cf", archive.toString(), "-C", in.toString()));
        command.addAll(List.of(words));
        Process tar = new ProcessBuilder(command).inheritIO().start();
        assertThat(tar.waitFor()).isZero();
    }

    private static byte[] clean(Path archive, long most) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(archive)) {
            FolderArchive.fromPerson(in, "/app", out, most);
        }
        return out.toByteArray();
    }

    @Test
    void aFolderGoesOutAndComesInAgainWithAllThatIsInIt() throws Exception {
        Path source = Files.createDirectories(folder.resolve("conf '$x'/deep/empty"))
                .getParent()
                .getParent();
        Files.writeString(source.resolve("-rf"), "one");
        Files.writeString(source.resolve("deep/\u6587 " + "n".repeat(120)), "two");
        Files.createLink(source.resolve("z-hard"), source.resolve("-rf"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("/etc/hosts"));
        Files.setPosixFilePermissions(source.resolve("-rf"), PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(new ProcessBuilder("mkfifo", source.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FolderArchive.Copied copied = files.readFolder(source.toString(), out, 1000, new Passage());
        assertThat(copied.left()).isOne();
        assertThat(copied.bytes()).isEqualTo(6);

        Path archive = Files.write(folder.resolve("out.tar"), out.toByteArray());
        Path target = Files.createDirectory(folder.resolve("target"));
        files.writeFolder(target.toString(), Files.write(folder.resolve("clean.tar"), clean(archive, 1000)));
        Path there = target.resolve("conf '$x'");
        assertThat(there.resolve("-rf")).hasContent("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there.resolve("-rf"))))
                .isEqualTo("rwxr-x---");
        assertThat(there.resolve("z-hard")).hasContent("one");
        assertThat(there.resolve("deep/\u6587 " + "n".repeat(120))).hasContent("two");
        assertThat(there.resolve("deep/empty")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(there.resolve("link"))).hasToString("/etc/hosts");
        try (var left = Files.list(target)) {
            assertThat(left).as("nothing of ours stays").containsExactly(there);
        }
        Files.writeString(there.resolve("-rf"), "other");
        files.writeFolder(target.toString(), folder.resolve("clean.tar"));
        assertThat(there.resolve("-rf")).hasContent("one");

        assertThatThrownBy(() -> files.readFolder(source.toString(), OutputStream.nullOutputStream(), 5, new Passage()))
                .hasMessageContaining("more than");
        assertThatThrownBy(() -> files.readFolder(source + "/-rf", OutputStream.nullOutputStream(), 5, new Passage()))
                .hasMessageContaining("another kind");
        assertThatThrownBy(() -> files.writeFolder(target + "/none", archive)).hasMessageContaining("no");

        Passage passage = new Passage();
        files.readFolder(source.toString(), OutputStream.nullOutputStream(), 1000, passage);
        assertThat(passage.bytes()).as("the archive, not its files alone").isGreaterThan(1000);
        passage.stop();
        assertThatThrownBy(() -> files.readFolder(source.toString(), OutputStream.nullOutputStream(), 1000, passage))
                .hasMessageContaining("cancelled");
    }

    @Test
    void whatWouldNotStayInTheFolderIsRefused() throws Exception {
        Path in = Files.createDirectories(folder.resolve("in/a/b"));
        Files.writeString(folder.resolve("in/a/file"), "12345");
        Files.writeString(folder.resolve("in/climber"), "x");
        Files.createSymbolicLink(folder.resolve("in/escape"), Path.of("/etc"));
        Files.writeString(folder.resolve("in/line\nbreak"), "x");
        assertThat(new ProcessBuilder("mkfifo", folder + "/in/pipe").start().waitFor())
                .isZero();
        Path root = folder.resolve("in");
        Path bad = folder.resolve("bad.tar");
        tar(bad, root, "--transform=s,climber,../climber,", "climber");
        refused(bad, 100, "climbs out");
        tar(bad, root, root + "/climber");
        refused(bad, 100, "absolute");
        tar(bad, root, "pipe");
        refused(bad, 100, "device, a pipe");
        tar(bad, root, "line\nbreak");
        refused(bad, 100, "control characters");
        tar(bad, root, "climber", "--transform=s,x,x,", "climber");
        refused(bad, 100, "twice");
        tar(bad, root, "escape", "--transform=s,^climber,escape/passwd,", "climber");
        refused(bad, 100, "below a file or a link");
        tar(bad, root, "escape", "--transform=s,^a,escape,", "a");
        refused(bad, 100, "twice");
        tar(bad, root, "a");
        refused(bad, 4, "more than 4 bytes");
        refused(Files.write(bad, new byte[1024]), 100, "holds nothing");
        refused(Files.write(bad, new byte[] {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9, 9, 9, 9}), 100, "cannot be taken");
        refused(
                Files.write(bad, "no archive at all".repeat(100).getBytes(StandardCharsets.UTF_8)),
                100,
                "cannot be taken");
        assertThat(in).isEmptyDirectory();
    }

    private static void refused(Path archive, long most, String why) {
        assertThatThrownBy(() -> clean(archive, most))
                .as(why)
                .isInstanceOfSatisfying(
                        FileException.class, e -> assertThat(e.kind()).isEqualTo(FileException.Kind.INPUT))
                .hasMessageContaining(why);
    }

    @Test
    void aBombOfGzipIsCutOff() throws Exception {
        Path big = Files.write(folder.resolve("zeros"), new byte[4 << 20]);
        Path archive = folder.resolve("bomb.tar.gz");
        Process tar = new ProcessBuilder(
                        "tar",
                        "-czf",
                        archive.toString(),
                        "-C",
                        folder.toString(),
                        big.getFileName().toString())
                .start();
        assertThat(tar.waitFor()).isZero();
        assertThat(Files.size(archive)).isLessThan(100_000);
        refused(archive, 1 << 20, "more than");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(FolderArchive.fromPerson(new ByteArrayInputStream(Files.readAllBytes(archive)), "/app", out, 8 << 20)
                        .files())
                .isOne();
    }
}
