package io.jenkins.plugins.shera.terminal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.LayerListing;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.terminal.docker.Engine;
import io.jenkins.plugins.shera.terminal.docker.EngineContainer;
import io.jenkins.plugins.shera.terminal.docker.EngineException;
import io.jenkins.plugins.shera.terminal.docker.TestEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers of a real docker engine, packaged into a real registry by what the engine itself says. */
class EnginePackageTest {
    private static final Hand HAND = new Hand("docker:local/shop", "ada", Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    static Path folder;

    private static TestEngine engine;

    @BeforeAll
    static void open() throws Exception {
        engine = new TestEngine(folder);
        engine.image("shop", "1", List.of(), Map.of("io.shera.quality.gate", "OK"));
    }

    @AfterAll
    static void close() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    private static Image image() throws Exception {
        return Image.read(engine.target("shop"), "1", Platform.ofThisMachine());
    }

    private static Changes changes(EngineSource source) throws Exception {
        Image image = image();
        return source.changes(() -> new LayerLists(folder.resolve("lists"), line -> {}).of(image));
    }

    private static List<TarEntry> top(Packed packed) throws Exception {
        Image made = Image.read(engine.target("shop"), packed.digest().toString(), Platform.ofThisMachine());
        assertThat(made.manifest().layers()).hasSize(2);
        var last = made.manifest().layers().get(1);
        try (LayerStream stream = new LayerStream(made.home().openBlob(last), last, TarReader.Limits.USUAL)) {
            return LayerListing.of(stream).entries();
        }
    }

    @Test
    void whatTheEngineSeesChangedBecomesOneLayerAndRuns() throws Exception {
        String name = engine.start(
                "shop", engine.reference("shop", "1"), TestEngine.LABELS, "--tmpfs", "/scratch", "-v", "/data");
        engine.sh(
                name,
                "b=/bin/busybox; echo 'port 80' > /etc/shop.conf; $b rm /app/gone.txt; $b rm -r /app/old;"
                        + " $b mkdir /app/old; echo c > /app/old/b; $b mkdir -p -m 750 /app/new/deep;"
                        + " echo hello > '/app/new/a file'; $b ln '/app/new/a file' /app/new/deep/zweite;"
                        + " $b ln -s kept.txt /app/link; $b chmod 4755 /app/kept.txt; $b chown 12:34 /app/new;"
                        + " $b mkfifo /app/pipe; echo no > /data/volume; echo no > /scratch/x; echo host >> /etc/hosts;"
                        + " echo 'rm -rf x' > /.ash_history");
        Engine real = engine.engine();
        EngineContainer container = real.find(name, TestEngine.LABELS);
        EngineSource source = new EngineSource(real, container);
        Changes changes = changes(source);
        assertThat(changes.changed().keySet())
                .containsExactly(
                        ".ash_history",
                        "app",
                        "app/kept.txt",
                        "app/link",
                        "app/new",
                        "app/new/a file",
                        "app/new/deep",
                        "app/new/deep/zweite",
                        "app/old",
                        "app/old/b",
                        "etc/shop.conf");
        assertThat(changes.deleted()).containsExactly("app/gone.txt", "app/old/a");
        assertThat(changes.others()).containsExactly("app/pipe");
        assertThat(changes.isAdded("app/new/a file")).isTrue();
        assertThat(changes.isAdded("etc/shop.conf")).isFalse();
        assertThat(changes.changed().get("app/new").userId()).isEqualTo(12);

        assertThatThrownBy(() -> new ContainerPackager(source, image(), line -> {})
                        .pack(Choice.everything(changes), new PackOrder("1-secret", HAND), engine.target("shop")))
                .hasMessageContaining(".ash_history");
        PackOrder order = new PackOrder("1-mended", HAND).maskSecrets(true);
        Packed packed = new ContainerPackager(source, image(), line -> {})
                .pack(Choice.everything(changes), order, engine.target("shop"));
        assertThat(packed.bytesSent()).isLessThan(20_000);
        Map<String, TarEntry> layer = new HashMap<>();
        top(packed).forEach(entry -> layer.put(entry.name(), entry));
        assertThat(layer)
                .containsKeys("app/.wh.gone.txt", "app/old/.wh.a", "app/old/b")
                .doesNotContainKey(".ash_history");
        assertThat(layer.get("app/kept.txt").mode()).isEqualTo(04755);
        assertThat(layer.get("app/new/deep/zweite").kind()).isEqualTo(TarEntry.Kind.HARD_LINK);
        assertThat(layer.get("app/link").link()).isEqualTo("kept.txt");

        String again = engine.start("again", engine.reference("shop", "1-mended"), Map.of());
        assertThat(engine.sh(
                        again,
                        "cat /etc/shop.conf '/app/new/a file' /app/new/deep/zweite /app/old/b; echo /app/* /app/old/*"))
                .isEqualTo("port 80\nhello\nhello\nc\n/app/kept.txt /app/link /app/new /app/old /app/old/b\n");
        assertThat(engine.docker("inspect", "-f", "{{index .Config.Labels \"io.shera.hand-made\"}}", again))
                .isEqualTo("true\n");

        engine.docker("restart", "-t", "0", name);
        assertThatThrownBy(() -> changes(source)).isInstanceOf(PackException.class);
    }

    /** Where this machine sees the files of a container that runs, whatever stores them. */
    private String root(String name) throws Exception {
        return "/proc/" + engine.docker("inspect", "-f", "{{.State.Pid}}", name).strip() + "/root";
    }

    @Test
    void rightsOfProgramsLinksAndWhatLiesFarApartComeInTheImage() throws Exception {
        String name = engine.start("rights", engine.reference("shop", "1"), TestEngine.LABELS);
        String root = root(name);
        engine.sh(
                name,
                "b=/bin/busybox; $b head -c 5000 /dev/urandom > /app/ping; $b chmod 755 /app/ping; $b head -c 9000000 /dev/zero > /app/a-large;"
                        + " echo 1 > /app/z; $b ln /app/z /app/zz; $b mkdir /app/ne; echo 2 > /app/ne/w;"
                        + " echo 3 > /app/ne-w; $b mkdir /app/old/new");
        run("setcap", "cap_net_raw+ep", root + "/app/ping");
        EngineSource source = new EngineSource(engine.engine(), engine.engine().find(name, TestEngine.LABELS));
        Image image = image();
        Changes changes = source.changesToFetch(() -> new LayerLists(folder.resolve("lists"), line -> {}).of(image));
        Packed packed = new ContainerPackager(source, image, line -> {})
                .pack(
                        Choice.everything(changes).excluding(List.of("/app/z")),
                        new PackOrder("1-rights", HAND),
                        engine.target("shop"));
        Map<String, TarEntry> layer = new HashMap<>();
        top(packed).forEach(entry -> layer.put(entry.name(), entry));
        assertThat(layer)
                .containsOnlyKeys(
                        "app",
                        "app/a-large",
                        "app/ne",
                        "app/ne/w",
                        "app/ne-w",
                        "app/old",
                        "app/old/new",
                        "app/ping",
                        "app/zz");
        assertThat(layer.get("app/zz").kind()).as("its other name was left out").isEqualTo(TarEntry.Kind.FILE);
        assertThat(packed.dockerfile()).contains("setcap");
        String again = engine.start("rights-again", engine.reference("shop", "1-rights"), Map.of());
        String there = root(again);
        assertThat(run("getcap", there + "/app/ping")).contains("cap_net_raw");
    }

    @Test
    void whatChangedInTextsIsAPatchWithoutSecrets() throws Exception {
        String name = engine.start("patched", engine.reference("shop", "1"), TestEngine.LABELS);
        engine.sh(
                name,
                "b=/bin/busybox; echo 'port 80' >> /etc/shop.conf; echo 'password=hunter22' >> /app/kept.txt; $b rm -r /app/old;"
                        + " $b head -c 3000 /dev/urandom > /app/x.jar; $b ln -s kept.txt /app/link; echo new > '/app/a file';"
                        + " $b mkdir -p /root/.ssh; echo k > /root/.ssh/id_rsa");
        EngineSource source = new EngineSource(engine.engine(), engine.engine().find(name, TestEngine.LABELS));
        Image image = image();
        LayerLists lists = new LayerLists(folder.resolve("lists"), line -> {});
        Packed packed = new ContainerPackager(source, image, line -> {})
                .pack(
                        Choice.everything(source.changesToFetch(() -> lists.of(image))),
                        new PackOrder("1-patched", HAND).maskSecrets(true),
                        engine.target("shop"));
        Image made = Image.read(engine.target("shop"), packed.digest().toString(), Platform.ofThisMachine());
        HandPatch patch = HandPatch.of(made, image, lists);
        assertThat(patch.text())
                .contains("--- a/etc/shop.conf\n+++ b/etc/shop.conf\n@@ -1,1 +1,2 @@\n etc/shop.conf\n+port 80\n")
                .contains(
                        "+password=********\n",
                        "deleted file mode",
                        "--- a/app/old/a\n+++ /dev/null",
                        "+++ b/app/a file\t\n")
                .doesNotContain("hunter22");
        assertThat(patch.binary()).containsExactly("/app/x.jar");
        assertThat(patch.left()).containsExactly("/app/link");
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void onlyLabelsOfTheContainerItselfOpenIt() throws Exception {
        engine.image("theirs", "1", List.of(), TestEngine.LABELS);
        Map<String, String> other = new HashMap<>(TestEngine.LABELS);
        other.put("io.shera.tenant", "bank");
        String plain = engine.start("plain", engine.reference("shop", "1"), Map.of());
        String bank = engine.start("bank", engine.reference("shop", "1"), other);
        String inherited = engine.start("inherited", engine.reference("theirs", "1"), Map.of());
        String own = engine.start("own", engine.reference("shop", "1"), TestEngine.LABELS);
        Engine real = engine.engine();
        assertThat(real.running(TestEngine.LABELS)).contains(own).doesNotContain(plain, bank, inherited);
        assertThat(real.find(own, TestEngine.LABELS).name()).isEqualTo(own);
        for (String bad : List.of(plain, bank, inherited, "none", "../" + own, own.substring(1), "")) {
            assertThatThrownBy(() -> real.find(bad, TestEngine.LABELS))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NOT_FOUND));
        }
        engine.docker("stop", "-t", "0", own);
        assertThatThrownBy(() -> real.find(own, TestEngine.LABELS)).hasMessageContaining(own);
    }
}
