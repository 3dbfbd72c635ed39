package io.jenkins.plugins.shera.build.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.build.context.BuildContext;
import io.jenkins.plugins.shera.build.dockerfile.Dockerfile;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.layer.Unpacker;
import io.jenkins.plugins.shera.oci.layout.OciLayout;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBuilderTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");

    @TempDir
    Path folder;

    private Path context;
    private Path images;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void base() throws IOException {
        context = Files.createDirectories(folder.resolve("context"));
        images = folder.resolve("images");
        Files.createDirectories(folder.resolve("spool"));
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        file(writer, "etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:1001:1002::/:/bin/sh\n");
        file(writer, "etc/group", "root:x:0:\nweb:x:33:\n");
        file(writer, "usr/bin/tool", "tool");
        writer.add(TarEntry.symlink("bin", "usr/bin"));
        writer.add(TarEntry.folder("tmp", 01777));
        Layer layer = writer.write(folder.resolve("spool/base"));
        ImageConfig config = ImageConfig.empty(AMD64);
        config.addLayer(layer.diffId(), "base");
        config.environment(Map.of("PATH", "/usr/bin"));
        config.labels(Map.of("io.shera.quality.gate", "OK", "vendor", "base"));
        config.container().putArray("Cmd").add("base-command");
        new ImagePush().add(layer).to(new OciLayout(images, "base"), List.of("1"), config);
    }

    /** Whoever wrote these labels before, and wherever the stage asked for begins. */
    @Test
    void theLabelsNameWhatTheImageIsReallyBuiltOn() throws IOException {
        String lies = "LABEL org.opencontainers.image.base.name=other org.opencontainers.image.base.digest=sha256:0\n";
        String digest =
                Image.read(new OciLayout(images, "base"), "1", AMD64).named().toString();

        assertThat(baseOf("FROM base:1 AS one\n" + lies + "FROM one AS two\nFROM two\n" + lies))
                .containsExactly("docker.io/library/base:1", digest);
        assertThat(baseOf("FROM scratch AS one\nFROM base@" + digest + "\nCOPY --from=one / /x/\n"))
                .containsExactly("docker.io/library/base@" + digest, digest);
        assertThat(baseOf("ARG IT=base\nFROM r.example.org:5000/$IT:1@" + digest + "\n"))
                .containsExactly("r.example.org:5000/base:1@" + digest, digest);
        assertThat(baseOf("FROM base:1 AS one\nFROM scratch\n" + lies + "COPY --from=one /etc /etc/\n"))
                .containsExactly(null, null);
    }

    private List<String> baseOf(String dockerfile) throws IOException {
        BuiltImage image = build(dockerfile, Map.of());
        image.label(Map.of("vendor", "us"));
        Map<String, String> labels = image.config().labels();
        assertThat(labels).containsEntry("vendor", "us");
        return Arrays.asList(labels.get(BaseImage.NAME_LABEL), labels.get(BaseImage.DIGEST_LABEL));
    }

    /** As of a tag that was moved between the build and our question. */
    @Test
    void whatHasOtherLayersIsNotNamed() throws IOException {
        Layer other = new LayerWriter(Instant.EPOCH).write(folder.resolve("spool/other"));
        ImageConfig config = ImageConfig.empty(AMD64);
        config.addLayer(other.diffId(), "other");
        BuiltImage image = new BuiltImage(new ImagePush().add(other), config);
        BaseImage base = BaseImage.of(
                ImageReference.parse("registry.example.org/base"),
                Image.read(new OciLayout(images, "base"), "1", AMD64));

        assertThat(base.name()).isEqualTo("registry.example.org/base:latest");
        assertThat(image.on(base)).isFalse();
        image.label(Map.of());
        assertThat(image.config().labels()).doesNotContainKey(BaseImage.NAME_LABEL);
        assertThat(image.base().name()).isEmpty();
        assertThat(image.on(BaseImage.SCRATCH)).isTrue();
    }

    @Test
    void copiesFilesAndSettings() throws IOException {
        write("app.jar", "jar");
        write("lib/b.jar", "b");
        write("lib/a.jar", "a");

        BuiltImage image = build(
                """
                FROM base:1
                ARG VERSION=1
                ENV APP_VERSION=$VERSION PATH=/opt/bin:$PATH
                LABEL title="My App" io.shera.quality.gate=OK
                WORKDIR /opt/app
                COPY --chown=app:web app.jar .
                COPY lib/ lib/
                EXPOSE 8080 9000-9001/udp
                USER 1001
                VOLUME ["/data"]
                STOPSIGNAL SIGTERM
                HEALTHCHECK --interval=1m30s --retries=3 CMD curl -f localhost
                ENTRYPOINT ["java", "-jar", "app.jar"]
                """,
                Map.of("VERSION", "2"));

        assertThat(new String(image.config().write(), StandardCharsets.UTF_8))
                .contains(
                        "\"Env\":[\"PATH=/opt/bin:/usr/bin\",\"APP_VERSION=2\"]",
                        "\"WorkingDir\":\"/opt/app\"",
                        "\"ExposedPorts\":{\"8080/tcp\":{},\"9000/udp\":{},\"9001/udp\":{}}",
                        "\"User\":\"1001\"",
                        "\"Volumes\":{\"/data\":{}}",
                        "\"StopSignal\":\"SIGTERM\"",
                        "\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"curl -f localhost\"],\"Interval\":90000000000,\"Retries\":3}",
                        "\"Entrypoint\":[\"java\",\"-jar\",\"app.jar\"]",
                        "\"created\":\"2026-01-02T03:04:05Z\"")
                .doesNotContain("base-command");
        assertThat(entries(image))
                .contains(
                        "FOLDER opt/app 755 0:0", "FILE opt/app/app.jar 644 1001:33", "FILE opt/app/lib/a.jar 644 0:0");
    }

    @Test
    void onlyWeWriteQualityLabels() throws IOException {
        BuiltImage image =
                build("FROM base:1\nLABEL IO.SHERA.QUALITY.gate=OK io.shera.quality.key=x mine=1\n", Map.of());

        image.label(Map.of("io.shera.quality.gate", "not-run"));

        assertThat(image.config().labels())
                .containsOnlyKeys(
                        "io.shera.quality.gate", "mine", "vendor", BaseImage.NAME_LABEL, BaseImage.DIGEST_LABEL)
                .containsEntry("io.shera.quality.gate", "not-run");
    }

    @Test
    void sameInputGivesTheSameDigestAndNothingToPush() throws IOException {
        write("x/1", "1");
        write("x/2", "2");
        String text = "FROM base:1\nCOPY x /x/\nCMD run it\n";
        OciLayout target = new OciLayout(images, "shop/cart");
        BuiltImage first = build(text, Map.of());
        first.pushTo(target, List.of("1"));
        Files.setLastModifiedTime(context.resolve("x/1"), java.nio.file.attribute.FileTime.fromMillis(0));

        BuiltImage second = build(text, Map.of());
        second.pushTo(target, List.of("1"));

        assertThat(second.manifest().digest()).isEqualTo(first.manifest().digest());
        assertThat(first.bytesSent()).isPositive();
        assertThat(second.bytesSent()).isZero();
    }

    @Test
    void remembersWhatTheBaseHolds() throws IOException {
        write("f", "f");
        build("FROM base:1\nCOPY f /f\n", Map.of());
        log.clear();

        build("FROM base:1\nCOPY f /f\n", Map.of());

        assertThat(log).noneMatch(line -> line.startsWith("Reading what layer"));
    }

    @Test
    void writesWhereTheLinksOfTheBaseLead() throws IOException {
        write("mytool", "x");

        assertThat(entries(build("FROM base:1\nCOPY mytool /bin/\nCOPY mytool /tmp/\n", Map.of())))
                .contains("FILE usr/bin/mytool 644 0:0", "FILE tmp/mytool 644 0:0")
                .doesNotContain("FOLDER tmp 755 0:0", "FOLDER bin 755 0:0");
    }

    @Test
    void copiesFromStagesAndImages() throws IOException {
        write("a.txt", "a");

        BuiltImage image = build(
                """
                FROM scratch AS unused
                COPY a.txt /nobody/needs/this
                FROM base:1 AS build
                WORKDIR /work
                COPY a.txt .
                FROM scratch
                COPY --from=build /work/ /result/
                COPY --from=base:1 /bin/tool /tool
                COPY --from=1 /etc/pass* /etc/
                """,
                Map.of());

        assertThat(entries(image))
                .containsExactly(
                        "FOLDER result 755 0:0",
                        "FILE result/a.txt 644 0:0",
                        "FILE tool 644 0:0",
                        "FOLDER etc 755 0:0",
                        "FILE etc/passwd 644 0:0");
        Path root = unpack(image);
        assertThat(root.resolve("result/a.txt")).hasContent("a");
        assertThat(root.resolve("tool")).hasContent("tool");
        assertThat(log).noneMatch(line -> line.contains("nobody"));
    }

    @Test
    void addTakesArchivesApart() throws Exception {
        write("in/dir/file", "content");
        Process tar = new ProcessBuilder("tar", "czf", context + "/a.tgz", "-C", context + "/in", ".").start();
        assertThat(tar.waitFor()).isZero();

        Path root = unpack(build("FROM scratch\nADD a.tgz /x/\nCOPY a.tgz /\n", Map.of()));

        assertThat(root.resolve("x/dir/file")).hasContent("content");
        assertThat(root.resolve("a.tgz")).isRegularFile();
    }

    @Test
    void keepsModesAndLinksAndHonoursDockerignore() throws IOException {
        write(".dockerignore", "**/*.tmp\n");
        write("d/run.sh", "#!");
        write("d/x.tmp", "no");
        Files.setPosixFilePermissions(context.resolve("d/run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(context.resolve("d/link"), Path.of("/etc/motd"));

        assertThat(entries(build("FROM scratch\nCOPY d /d\nCOPY --chmod=600 d/run.sh /s\n", Map.of())))
                .containsExactly(
                        "FOLDER d 755 0:0", "SYMLINK d/link 777 0:0", "FILE d/run.sh 755 0:0", "FILE s 600 0:0");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        write("a", "a");
        write("b", "b");
        refuses(
                "FROM base:1\nCOPY target/*.jar /app.jar",
                "Dockerfile, line 2: there is no 'target/*.jar' in the build context; is it built, and does .dockerignore keep"
                        + " it out?");
        refuses(
                "FROM base:1\nCOPY a b /x",
                "Dockerfile, line 2: more than one file is copied, so the target must be a folder and end with a slash.");
        refuses(
                "FROM base:1\nCOPY ../../etc/passwd /x",
                "Dockerfile, line 2: '../../etc/passwd' leads out of the build context: name a path below it.");
        refuses(
                "FROM base:1\nCOPY --chown=nobody a /x",
                "Dockerfile, line 2: /etc/passwd of the image knows no 'nobody': use a number in --chown.");
        refuses(
                "ARG BASE\nFROM $BASE",
                "Dockerfile, line 2: FROM $BASE names nothing: give the build argument, or a default by ARG before the FROM.");
        refuses(
                "FROM Base:1",
                "Dockerfile, line 1: 'Base:1' is not an image name: a repository is written in lower case.");
        refuses("FROM base:1\nEXPOSE 70000", "Dockerfile, line 2: '70000' is not a port from 1 to 65535.");
        refuses(
                "FROM base:1\nADD https://example.org/x /x",
                "Dockerfile, line 2: ADD of 'https://example.org/x' is not taken by the daemonless builder: fetch it before"
                        + " the build, check its hash, and COPY it.");
        refuses(
                "FROM scratch\nCOPY --from=nothere /x /x",
                "There is no latest in oci:" + images + "/nothere: check the name.");
    }

    private void refuses(String dockerfile, String message) {
        assertThatThrownBy(() -> build(dockerfile, Map.of())).hasMessage(message);
    }

    private BuiltImage build(String dockerfile, Map<String, String> args) throws IOException {
        return new ImageBuilder(new BuildRequest(
                        Dockerfile.parse(dockerfile),
                        new BuildContext(context, context.resolve("Dockerfile")),
                        null,
                        args,
                        AMD64,
                        Instant.parse("2026-01-02T03:04:05.678Z"),
                        (reference, platform) ->
                                Image.read(new OciLayout(images, reference.repository()), reference.target(), platform),
                        folder.resolve("spool"),
                        folder.resolve("cache"),
                        log::add))
                .build();
    }

    /** What the build itself added, layer by layer. */
    private List<String> entries(BuiltImage image) throws IOException {
        OciLayout layout = new OciLayout(images, "entries");
        image.pushTo(layout, List.of("1"));
        List<String> entries = new ArrayList<>();
        for (var layer : image.manifest().layers()) {
            List<String> ofLayer = new ArrayList<>();
            try (LayerStream stream = new LayerStream(layout.openBlob(layer), layer, TarReader.Limits.USUAL)) {
                for (TarEntry e = stream.tar().next();
                        e != null;
                        e = stream.tar().next()) {
                    ofLayer.add(e + " " + Integer.toOctalString(e.mode()) + " " + e.userId() + ":" + e.groupId());
                }
            }
            if (!ofLayer.contains("SYMLINK bin 777 0:0")) {
                entries.addAll(ofLayer);
            }
        }
        return entries;
    }

    private Path unpack(BuiltImage image) throws IOException {
        OciLayout layout = new OciLayout(images, "unpack");
        image.pushTo(layout, List.of("1"));
        Unpacker unpacker = new Unpacker(folder.resolve("root"));
        for (var layer : image.manifest().layers()) {
            try (LayerStream stream = new LayerStream(layout.openBlob(layer), layer, TarReader.Limits.USUAL)) {
                unpacker.add(stream);
            }
        }
        return folder.resolve("root");
    }

    private void write(String name, String content) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void file(LayerWriter writer, String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        writer.add(TarEntry.file(name, 0644, bytes.length), BlobSource.of(bytes));
    }
}
