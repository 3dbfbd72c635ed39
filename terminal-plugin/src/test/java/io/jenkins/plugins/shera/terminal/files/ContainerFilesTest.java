package io.jenkins.plugins.shera.terminal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, in the shell of this machine; the real cluster has them too. */
class ContainerFilesTest {

    @TempDir
    Path folder;

    private final ContainerFiles files = new ContainerFiles(ContainerFilesTest::here);

    private static FileShell.Ended here(List<String> command, java.io.InputStream input, OutputStream output)
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

    private Path content(String text) throws IOException {
        return Files.writeString(Files.createTempFile("content-", ""), text);
    }

    private String read(String path) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        files.read(path, out, 1000);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void listsWhatIsThereWhateverItsName() throws Exception {
        for (String name : List.of("a b", "-rf", ".hidden", "..odd", "$(id)", "'\"", "*", "\u6587", "line\nbreak")) {
            Files.writeString(folder.resolve(name), "12345");
        }
        Files.createDirectory(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("/nowhere"));
        Listing listing = files.list(folder.toString());
        assertThat(listing.whole()).isTrue();
        assertThat(listing.files())
                .extracting(ListedFile::name)
                .containsExactlyInAnyOrder(
                        "a b",
                        "-rf",
                        ".hidden",
                        "..odd",
                        "$(id)",
                        "'\"",
                        "*",
                        "\u6587",
                        "line\nbreak",
                        "sub",
                        "dangling");
        assertThat(listing.files())
                .filteredOn(file -> !file.reachable())
                .extracting(ListedFile::name)
                .containsExactly("line\nbreak");
        assertThat(listing.files())
                .filteredOn(file -> file.name().equals("dangling"))
                .extracting(ListedFile::kind)
                .containsExactly("link");
        assertThat(listing.files())
                .filteredOn(file -> file.name().equals("-rf"))
                .extracting(ListedFile::size)
                .containsExactly(5L);
    }

    @Test
    void writesWholeAndKeepsModeAndLinks() throws Exception {
        Path file = Files.writeString(folder.resolve("shop '$x'.conf"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        files.write(link.toString(), content("new\u0000bytes"), "");
        assertThat(read(file.toString())).isEqualTo("new\u0000bytes");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x---");
        files.write(folder.resolve("-n").toString(), content(""), "");
        assertThat(Files.size(folder.resolve("-n"))).isZero();
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).hasSize(3);
        }
    }

    @Test
    void leavesTheOldFileWhenTheNewOneDoesNotArriveWhole() throws Exception {
        Path file = Files.writeString(folder.resolve("conf"), "old");
        ContainerFiles cut = new ContainerFiles((command, input, output) ->
                here(command, input == null ? null : new java.io.ByteArrayInputStream(input.readNBytes(2)), output));
        Path content = content("much longer");
        assertThatThrownBy(() -> cut.write(file.toString(), content, "")).hasMessageContaining("Not all of");
        assertThat(file).hasContent("old");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void seesAChangeThatIsMadeWhileTheNewContentTravels() throws Exception {
        Path file = Files.writeString(folder.resolve("conf"), "old");
        String old = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest("old".getBytes(StandardCharsets.UTF_8)));
        ContainerFiles slow = new ContainerFiles((command, input, output) -> {
            Files.writeString(file, "another's");
            return here(command, input, output);
        });
        assertThatThrownBy(() -> slow.write(file.toString(), content("mine"), old))
                .isInstanceOfSatisfying(
                        FileException.class, no -> assertThat(no.kind()).isEqualTo(FileException.Kind.CONFLICT));
        assertThat(file).hasContent("another's");
        Files.writeString(file, "old");
        files.write(file.toString(), content("mine"), old);
        assertThat(file).hasContent("mine");
    }

    @Test
    void refusesAFileOfTenGigabytesWithoutReadingItAndPipesAndSocketsWithoutWaiting() throws Exception {
        Path sparse = folder.resolve("sparse");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(10L << 30);
        }
        assertThatThrownBy(() -> read(sparse.toString())).hasMessageContaining("1000 bytes");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> read(pipe.toString())).hasMessageContaining("another kind");
        assertThatThrownBy(() -> files.write(pipe.toString(), content("x"), "")).hasMessageContaining("another kind");
        Path socket = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> read(socket.toString())).hasMessageContaining("another kind");
            assertThat(files.list(folder.toString()).files())
                    .extracting(file -> file.name() + " " + file.kind())
                    .contains("pipe special", "s special", "sparse file");
        }
    }

    @Test
    void refusesWhatIsNoFileAndWhatIsTooLarge() throws Exception {
        Files.writeString(folder.resolve("large"), "x".repeat(1001));
        assertThatThrownBy(() -> read(folder.resolve("large").toString())).hasMessageContaining("1000 bytes");
        assertThatThrownBy(() -> read("/dev/zero")).hasMessageContaining("another kind");
        assertThatThrownBy(() -> read(folder.toString())).hasMessageContaining("another kind");
        assertThatThrownBy(() -> read(folder.resolve("none").toString())).hasMessageContaining("There is no");
        assertThatThrownBy(() -> files.list(folder.resolve("large").toString())).hasMessageContaining("another kind");
        assertThatThrownBy(() -> files.list(folder.resolve("none").toString())).hasMessageContaining("There is no");
        Path content = content("x");
        assertThatThrownBy(() -> files.write(folder.resolve("no/where").toString(), content, ""))
                .hasMessageContaining("no folder");
        assertThatThrownBy(() -> files.write(folder.toString(), content, "")).hasMessageContaining("another kind");
        for (String bad : List.of("", "relative", "/a\nb", "/" + "x".repeat(5000), "/a\u0000")) {
            assertThatThrownBy(() -> files.delete(bad)).hasMessageContaining("is no path");
        }
    }

    @Test
    void deletesFilesLinksAndEmptyFoldersAlone() throws Exception {
        Path kept =
                Files.writeString(Files.createDirectory(folder.resolve("full")).resolve("kept"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("full"));
        files.delete(link.toString());
        assertThatThrownBy(() -> files.delete(folder.resolve("full").toString()))
                .hasMessageContaining("does not do it");
        assertThat(kept).exists();
        files.delete(kept.toString());
        files.delete(folder.resolve("full").toString());
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    void aFolderOfVeryManyIsListedInPart() throws Exception {
        for (int i = 0; i < 5002; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        Listing listing = files.list(folder.toString());
        assertThat(listing.whole()).isFalse();
        assertThat(listing.files()).hasSize(5000);
    }

    @Test
    void believesNoContainerThatLies() {
        for (String lie : List.of("x\0name\0", "81a4 5 9\0", "81a4 5\0name\0", "81a4 5 9\0\0")) {
            ContainerFiles lying = new ContainerFiles((command, input, output) -> {
                output.write(lie.getBytes(StandardCharsets.UTF_8));
                return new FileShell.Ended(0, "");
            });
            assertThatThrownBy(() -> lying.list("/"))
                    .as(lie)
                    .isInstanceOf(FileException.class)
                    .hasMessageContaining("cannot be read");
        }
    }
}
