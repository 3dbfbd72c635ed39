package io.jenkins.plugins.shera.terminal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.LayerListing;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.FaultProxy;
import io.jenkins.plugins.shera.oci.statement.KeyRing;
import io.jenkins.plugins.shera.oci.statement.Standing;
import io.jenkins.plugins.shera.oci.statement.Verifier;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers of a real cluster, packaged into a real registry. */
@Tag("cluster")
class RealPackageTest {
    private static final List<String> USUAL = List.of("sh", "find", "stat", "cat", "printf", "tar", "sleep");
    private static final List<String> NO_TAR = List.of("sh", "find", "stat", "cat", "printf", "readlink", "sleep");
    private static final Hand HAND = new Hand("test/pod/main", "ada", Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    static Path folder;

    private static TestPods pods;

    @BeforeAll
    static void open() throws Exception {
        pods = new TestPods(folder);
        pods.image("shop", "1", USUAL, "0");
        pods.image("shop", "notar", NO_TAR, "0");
        pods.image("shop", "user", USUAL, "1000");
        pods.image("shop", "bare", List.of("sleep"), "0");
        pods.start("usual", pods.reference("shop", "1"));
    }

    @AfterAll
    static void close() throws Exception {
        if (pods != null) {
            pods.close();
        }
    }

    private final class At {
        private final PodOrigin origin;
        private final ContainerShell shell;
        private final Image image;

        At(String pod) throws Exception {
            origin = PodOrigin.of(pods.api(), pods.namespace(), pod, "");
            shell = new PodShell(pods.api(), pods.exec(), origin);
            image = Image.read(
                    pods.target(origin.image().repository()),
                    origin.image().digest().orElseThrow().toString(),
                    Platform.ofThisMachine());
        }

        void sh(String script) throws Exception {
            ContainerShell.Ended ended =
                    shell.run(List.of("/bin/busybox", "sh", "-c", script), OutputStream.nullOutputStream());
            assertThat(ended.code()).as(ended.errors()).isZero();
        }

        Changes changes() throws Exception {
            return new ChangeFinder(
                            shell, new LayerLists(folder.resolve("lists"), line -> {}).of(image), origin.started())
                    .find();
        }

        Packed pack(Choice choice, PackOrder order) throws Exception {
            return new ContainerPackager(shell, image, line -> {}).pack(choice, order, pods.target("shop"));
        }
    }

    private static List<TarEntry> top(Packed packed) throws Exception {
        Image made = Image.read(pods.target("shop"), packed.digest().toString(), Platform.ofThisMachine());
        var layers = made.manifest().layers();
        var last = layers.get(layers.size() - 1);
        try (LayerStream stream = new LayerStream(made.home().openBlob(last), last, TarReader.Limits.USUAL)) {
            return LayerListing.of(stream).entries();
        }
    }

    @Test
    void whatWasChangedByHandBecomesOneLayerAndRuns() throws Exception {
        At at = new At("usual");
        at.sh("echo 'port 80' > /etc/shop.conf; rm /app/gone.txt; rm -r /app/old; mkdir -m 750 /app/new; "
                + "echo hello > '/app/new/a file\nwith lines'; ln -s kept.txt /app/link; chmod 4755 /app/kept.txt; "
                + "ln '/app/new/a file\nwith lines' /app/new/zweite; chown 12:34 /app/new; "
                + "mkfifo /app/pipe; echo no > /data/volume; echo host >> /etc/hosts; echo 'rm -rf x' > /.ash_history");
        Changes changes = at.changes();
        assertThat(changes.changed().keySet())
                .containsExactly(
                        ".ash_history",
                        "app/kept.txt",
                        "app/link",
                        "app/new",
                        "app/new/a file\nwith lines",
                        "app/new/zweite",
                        "etc/shop.conf");
        assertThat(changes.deleted()).containsExactly("app/gone.txt", "app/old");
        assertThat(changes.others()).containsExactly("app/pipe");

        assertThatThrownBy(() -> at.pack(Choice.everything(changes), new PackOrder("hand-1", HAND)))
                .hasMessageContaining("/.ash_history (a history of what was typed)");
        assertThat(pods.target("shop").resolve("hand-1")).isEmpty();

        long uploads = pods.registry().logged("\"POST /v2/shop/blobs/uploads");
        Packed packed = at.pack(
                Choice.everything(changes),
                new PackOrder("hand-1", HAND)
                        .maskSecrets(true)
                        .command(List.of("900"))
                        .env("SHOP_MODE", "fixed"));
        assertThat(pods.registry().logged("\"POST /v2/shop/blobs/uploads") - uploads)
                .as("layer and configuration alone are sent")
                .isEqualTo(2);
        assertThat(packed.masked()).extracting(SecretFinding::path).containsExactly("/.ash_history");
        List<String> names = new ArrayList<>();
        for (TarEntry entry : top(packed)) {
            names.add(entry.kind() + " " + entry.name() + " " + String.format("%o", entry.mode()) + " " + entry.userId()
                    + ":" + entry.groupId() + " " + entry.link());
        }
        assertThat(names)
                .containsExactly(
                        "FILE app/.wh.gone.txt 0 0:0 ",
                        "FILE app/.wh.old 0 0:0 ",
                        "FILE app/kept.txt 4755 0:0 ",
                        "SYMLINK app/link 777 0:0 kept.txt",
                        "FOLDER app/new 750 12:34 ",
                        "FILE app/new/a file\nwith lines 644 0:0 ",
                        "HARD_LINK app/new/zweite 644 0:0 app/new/a file\nwith lines",
                        "FILE etc/shop.conf 666 0:0 ");
        Image made = Image.read(pods.target("shop"), "hand-1", Platform.ofThisMachine());
        assertThat(made.manifest().layers().get(0).digest())
                .isEqualTo(at.image.manifest().layers().get(0).digest());
        assertThat(made.config().labels())
                .containsEntry("io.shera.hand-made", "true")
                .containsEntry(
                        "io.shera.hand-made.on", at.image.manifest().digest().toString())
                .containsEntry("io.shera.hand-made.by", "ada")
                .containsEntry("org.opencontainers.image.title", "shop")
                .doesNotContainKey("io.shera.quality.gate");
        assertThat(new Verifier(new KeyRing(List.of(), Set.of()))
                        .verify(pods.target("shop"), packed.digest(), Platform.ofThisMachine())
                        .standing())
                .as("what the door of an environment goes by")
                .isEqualTo(Standing.HAND_MADE);
        assertThat(packed.dockerfile())
                .contains("FROM " + at.image.home().name() + "@"
                        + at.image.manifest().digest())
                .contains("RUN [\"rm\",\"-rf\",\"/app/old\"]")
                .contains("ENV SHOP_MODE=\"fixed\"");

        Packed again = at.pack(
                Choice.everything(changes),
                new PackOrder("hand-2", HAND)
                        .maskSecrets(true)
                        .command(List.of("900"))
                        .env("SHOP_MODE", "fixed"));
        assertThat(again.digest()).as("the same changes give the same image").isEqualTo(packed.digest());
        assertThatThrownBy(() -> at.pack(Choice.configOnly(changes), new PackOrder("hand-1", HAND)))
                .hasMessageContaining("The tag hand-1 stands for an image");

        pods.start("made", pods.reference("shop", "hand-1"));
        At second = new At("made");
        assertThat(second.changes().changed()).isEmpty();
        assertThat(second.changes().deleted()).isEmpty();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        second.shell.run(List.of("cat", "/app/new/zweite", "/etc/shop.conf"), text);
        assertThat(text.toString(StandardCharsets.UTF_8)).isEqualTo("hello\nport 80\n");
    }

    @Test
    void aContainerWithoutTarIsReadFileByFile() throws Exception {
        pods.start("notar", pods.reference("shop", "notar"));
        At at = new At("notar");
        at.sh("echo new > /etc/shop.conf; busybox ln -s shop.conf /etc/also");
        Packed packed = at.pack(Choice.configOnly(at.changes()), new PackOrder("notar-1", HAND));
        assertThat(top(packed))
                .extracting(TarEntry::toString)
                .containsExactly("SYMLINK etc/also", "FILE etc/shop.conf");
    }

    @Test
    void whatTheUserMayNotReadIsListedAndNotTakenForDeleted() throws Exception {
        pods.start("user", pods.reference("shop", "user"));
        At at = new At("user");
        at.sh("echo 'password=hunter22' > /etc/db.properties; echo no > /app/closed; busybox chmod 0 /app/closed");
        Changes changes = at.changes();
        assertThat(changes.unreadable()).containsExactly("secret");
        assertThat(changes.deleted()).isEmpty();
        assertThatThrownBy(() -> at.pack(Choice.paths(changes, List.of("/app")), new PackOrder("user-1", HAND)))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("app/closed");
        assertThatThrownBy(() -> at.pack(Choice.paths(changes, List.of("/etc/")), new PackOrder("user-1", HAND)))
                .hasMessageContaining("/etc/db.properties:1 (a password or token)")
                .hasMessageNotContaining("hunter22");
        assertThatThrownBy(() -> Choice.paths(changes, List.of("/data")))
                .hasMessageContaining("Nothing is changed at /data");
    }

    @Test
    void aContainerWithoutShellIsRefusedWithWhatToDo() throws Exception {
        pods.start("bare", pods.reference("shop", "bare"));
        assertThatThrownBy(() -> new At("bare").changes())
                .isInstanceOf(PackException.class)
                .hasMessageContaining("debug copy");
    }

    @Test
    void whatWasMadeAnewUnderTheSameNameAfterTheListIsNotPackaged() throws Exception {
        pods.start("twin", pods.reference("shop", "1"));
        At first = new At("twin");
        first.sh("echo mine > /etc/shop.conf");
        Choice choice = Choice.everything(first.changes());
        pods.remove("twin");
        pods.start("twin", pods.reference("shop", "1"));
        new At("twin").sh("echo other > /etc/shop.conf");
        assertThatThrownBy(() -> first.pack(choice, new PackOrder("twin", HAND)))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("is not the one that was looked at");
        assertThat(pods.target("shop").resolve("twin")).isEmpty();
    }

    @Test
    void aRegistryThatFailsInTheMiddleOfAPushLeavesNothingUnderTheTag() throws Exception {
        pods.start("cut", pods.reference("shop", "1"));
        At at = new At("cut");
        at.sh("echo 'port 81' > /etc/shop.conf");
        Choice choice = Choice.everything(at.changes());
        try (FaultProxy proxy = new FaultProxy(pods.registry().host())) {
            ImageTarget through =
                    new RegistryClient(RegistryAddress.of(proxy.host()), RegistryCredentials.NONE).repository("shop");
            proxy.on("PUT", "/manifests/", 99, FaultProxy.status(403));
            assertThatThrownBy(() -> new ContainerPackager(at.shell, at.image, line -> {})
                            .pack(choice, new PackOrder("cut-1", HAND), through))
                    .isInstanceOf(IOException.class);
            assertThat(pods.target("shop").resolve("cut-1")).isEmpty();
        }
        try (FaultProxy proxy = new FaultProxy(pods.registry().host())) {
            ImageTarget through =
                    new RegistryClient(RegistryAddress.of(proxy.host()), RegistryCredentials.NONE).repository("shop");
            proxy.on("PATCH", "/blobs/uploads/", 1, FaultProxy.cut());
            Packed packed = new ContainerPackager(at.shell, at.image, line -> {})
                    .pack(choice, new PackOrder("cut-1", HAND), through);
            assertThat(top(packed)).extracting(TarEntry::name).contains("etc/shop.conf");
        }
    }
}
