package io.jenkins.plugins.shera.build.builders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.shera.build.context.BuildContext;
import io.jenkins.plugins.shera.build.dockerfile.Dockerfile;
import io.jenkins.plugins.shera.build.image.BuildRequest;
import io.jenkins.plugins.shera.build.image.BuiltImage;
import io.jenkins.plugins.shera.build.image.ImageBuilder;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same Dockerfiles by ours, docker's classic builder, BuildKit and buildah, with a base in a registry that wants a password. */
@Tag("slow")
class BuildersTest {
    static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Map<String, String> DOCKERFILES = Map.of(
            "a service",
            """
            ARG BASE
            FROM $BASE
            ARG VERSION=0
            ENV APP_VERSION=$VERSION GREETING="good day"
            LABEL vendor=house io.shera.quality.gate=OK
            WORKDIR /opt/app
            COPY --chown=1001:1002 app.jar .
            COPY lib/ lib/
            COPY bin/*.sh /usr/bin/
            EXPOSE 8080 9000/udp
            USER 1001
            VOLUME ["/data"]
            STOPSIGNAL SIGTERM
            HEALTHCHECK --interval=90s --retries=3 CMD wget -q localhost
            ENTRYPOINT ["java", "-jar", "app.jar"]
            CMD ["--quiet"]
            """,
            "stages",
            """
            ARG BASE
            FROM $BASE AS collected
            WORKDIR /work
            COPY lib .
            ADD files.tgz /work/unpacked/
            FROM scratch
            COPY --from=collected /work/ /result/
            COPY --from=collected /etc/motd /etc/
            CMD run it
            """,
            "a stage on a stage",
            """
            ARG BASE
            FROM $BASE AS first
            ENV LEFT=right
            COPY lib/a.jar /one/
            CMD ["one"]
            FROM first
            ENV MORE="$LEFT and wrong"
            COPY lib/b.jar /two/
            """,
            "labels that lie about the base, on one that is pinned",
            """
            ARG PINNED
            FROM scratch AS aside
            COPY lib/a.jar /
            FROM $PINNED AS first
            LABEL org.opencontainers.image.base.name=other org.opencontainers.image.base.digest=sha256:0
            FROM first
            COPY --from=aside /a.jar /
            """,
            "the command of the base",
            """
            ARG BASE
            FROM $BASE
            COPY lib/a.jar /bin/
            ENTRYPOINT start here
            """);

    @TempDir
    static Path folder;

    private static DockerRegistry registry;
    private static ImagePlace place;
    private static Path context;
    private static String base;
    private static String pinned;

    @BeforeAll
    static void start() throws Exception {
        registry = DockerRegistry.withPassword(folder);
        place = new ImagePlace(
                RegistryAddress.of(registry.host()),
                new RegistryCredentials(DockerRegistry.USER, DockerRegistry.PASSWORD));
        base = registry.host() + "/base:1";
        LayerWriter writer = new LayerWriter(Instant.EPOCH);
        file(writer, "etc/passwd", 0644, "root:x:0:0::/:/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        file(writer, "etc/motd", 0600, "hello".getBytes(StandardCharsets.UTF_8));
        writer.add(TarEntry.folder("usr", 0755));
        writer.add(TarEntry.folder("usr/bin", 0755));
        writer.add(TarEntry.symlink("bin", "usr/bin"));
        writer.add(TarEntry.folder("tmp", 01777));
        Path busybox = Path.of("/bin/busybox");
        if (Files.isExecutable(busybox)) {
            file(writer, "usr/bin/sh", 0755, Files.readAllBytes(busybox));
        }
        Layer layer = writer.write(folder.resolve("base"));
        ImageConfig config = ImageConfig.empty(Platform.ofThisMachine());
        config.addLayer(layer.diffId(), "base");
        config.environment(Map.of("PATH", "/usr/bin"));
        config.labels(Map.of("io.shera.quality.gate", "OK", "maker", "base"));
        config.container().putArray("Cmd").add("base-command");
        new ImagePush().add(layer).to(place.repository("base"), List.of("1"), config);
        pinned = registry.host() + "/base@"
                + Image.read(place.repository("base"), "1", Platform.ofThisMachine())
                        .named();
        context = Files.createDirectories(folder.resolve("context"));
        write("app.jar", "app");
        write("lib/a.jar", "a");
        write("lib/b.jar", "b");
        write("lib/notes.tmp", "kept out");
        write("bin/run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(context.resolve("bin/run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write(".dockerignore", "**/*.tmp\n");
        assertThat(new LocalPrograms(context)
                        .run(List.of("tar", "czf", "files.tgz", "--owner=0", "--group=0", "lib/a.jar"), Map.of(), false)
                        .isGood())
                .isTrue();
    }

    @AfterAll
    static void stop() throws Exception {
        if (registry != null) {
            registry.close();
            forget(base);
        }
    }

    /** Takes away what an engine has pulled. */
    private static void forget(String image) throws InterruptedException {
        try {
            new LocalPrograms(folder).run(List.of("docker", "rmi", image), Map.of(), false);
        } catch (IOException e) {
            // Without docker nothing was pulled.
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "buildkit", "buildah"})
    void everyBuilderGivesWhatOursGives(String builder) throws Exception {
        BuilderArm arm = BuilderArm.of(builder, folder, context, place);
        for (Map.Entry<String, String> dockerfile : DOCKERFILES.entrySet()) {
            Path file = Files.writeString(context.resolve("Dockerfile"), dockerfile.getValue());
            Map<String, String> arguments = Map.of("BASE", base, "PINNED", pinned, "VERSION", "7");
            BuiltImage ours = builder(Dockerfile.parse(dockerfile.getValue()), file, arguments)
                    .build();
            BuiltImage theirs = arm.build(file, null, arguments);
            assertThat(theirs.on(builder(Dockerfile.outline(dockerfile.getValue()), file, arguments)
                            .base()))
                    .isTrue();
            ours.label(Map.of("io.shera.quality.gate", "not-run"));
            theirs.label(Map.of("io.shera.quality.gate", "not-run"));

            assertThat(theirs.config().labels())
                    .as(dockerfile.getKey() + " by " + builder)
                    .containsEntry("io.shera.quality.gate", "not-run")
                    .containsAllEntriesOf(
                            dockerfile.getKey().equals("stages")
                                    ? Map.of()
                                    : Map.of("org.opencontainers.image.base.digest", pinned.split("@")[1]))
                    .doesNotContainEntry("org.opencontainers.image.base.name", "other");
            assertThat(theirs.config().container().toPrettyString())
                    .as(dockerfile.getKey() + " by " + builder)
                    .isEqualTo(sorted(ours.config(), theirs.config()));
            assertThat(arm.asItSees(files(theirs)))
                    .as(dockerfile.getKey() + " by " + builder)
                    .isEqualTo(arm.asItSees(files(ours)));
            assertThat(theirs.config().platform()).isEqualTo(ours.config().platform());
        }
    }

    private static ImageBuilder builder(Dockerfile dockerfile, Path file, Map<String, String> arguments)
            throws IOException {
        return new ImageBuilder(new BuildRequest(
                dockerfile,
                new BuildContext(context, file),
                null,
                arguments,
                Platform.ofThisMachine(),
                CREATED,
                (reference, platform) ->
                        Image.read(place.repository(reference.repository()), reference.target(), platform),
                Files.createTempDirectory(folder, "spool"),
                folder.resolve("cache"),
                line -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "buildkit", "buildah"})
    void whatIsRunStandsInTheImageUpToTheStageAskedFor(String builder) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/busybox")), "busybox is not installed");
        BuilderArm arm = BuilderArm.of(builder, folder, context, place);
        Path file = Files.writeString(
                context.resolve("Dockerfile"),
                "ARG BASE\nFROM $BASE AS first\nARG WORD\nRUN echo \"$WORD\" > /made\nFROM first\nRUN echo no > /never\n");

        BuiltImage image = arm.build(file, "first", Map.of("BASE", base, "WORD", "a $b 'c'"));

        assertThat(files(image))
                .containsEntry("made", "FILE 644 0:0  " + Digest.of("a $b 'c'\n".getBytes(StandardCharsets.UTF_8)))
                .doesNotContainKey("never");
        assertThat(arm.commands.toString())
                .doesNotContain(DockerRegistry.PASSWORD, place.credentials().pair(), "$b");
    }

    @Test
    void picksOursFirstThenWhatTheAgentHas() throws Exception {
        assertThat(BuilderChoice.choose(null, "", kind -> true)).isEqualTo(BuilderKind.DAEMONLESS);
        assertThat(BuilderChoice.choose(null, "RUN.", kind -> true)).isEqualTo(BuilderKind.DOCKER);
        assertThat(BuilderChoice.choose(null, "RUN.", kind -> kind == BuilderKind.BUILDAH))
                .isEqualTo(BuilderKind.BUILDAH);
        assertThat(BuilderChoice.choose(BuilderKind.BUILDAH, "", kind -> true)).isEqualTo(BuilderKind.BUILDAH);
        assertThatThrownBy(() -> BuilderChoice.choose(null, "RUN.", kind -> false))
                .hasMessage("RUN. This agent has neither.");
        assertThatThrownBy(() -> BuilderChoice.choose(BuilderKind.DOCKER, "", kind -> false))
                .hasMessageContaining("builder is docker, which does not answer on this agent");
        assertThatThrownBy(() -> BuilderKind.parse("kaniko")).hasMessageContaining("daemonless, docker or buildah");
    }

    @Test
    void refusesArgumentsThatWouldSteerTheProgram() {
        for (String name : List.of("PATH", "DOCKER_HOST", "LD_PRELOAD", "a=b", "--x")) {
            assertThatThrownBy(() -> new ProgramOrder(
                            "/f", "/c", null, null, null, Map.of(name, "x"), "/t", "n", java.util.Set.of()))
                    .hasMessageContaining("cannot be given to docker or buildah");
        }
    }

    @Test
    void anArchiveThatIsNotWholeIsRefused() throws Exception {
        Path archive = folder.resolve("damaged.tar");
        Files.writeString(context.resolve("manifest.json"), "[{\"Config\":\"none.json\",\"Layers\":[\"x\"]}]");
        new LocalPrograms(context).run(List.of("tar", "cf", archive.toString(), "manifest.json"), Map.of(), false);
        Files.delete(context.resolve("manifest.json"));

        assertThatThrownBy(() -> ImageArchive.read(archive, folder, CREATED))
                .hasMessageContaining("The image that the builder gave is damaged: its configuration is missing.");
    }

    /** The fields in the order in which the other has them. */
    private static String sorted(ImageConfig ours, ImageConfig theirs) {
        var order = theirs.container().deepCopy().removeAll();
        theirs.container().fieldNames().forEachRemaining(name -> {
            if (ours.container().has(name)) {
                order.set(name, ours.container().get(name));
            }
        });
        ours.container()
                .fieldNames()
                .forEachRemaining(name -> order.set(name, ours.container().get(name)));
        return order.toPrettyString();
    }

    /** Every file of the image: kind, mode, owner, link and content. */
    private static Map<String, String> files(BuiltImage image) throws IOException {
        ImageTarget target = place.repository("compared");
        image.pushTo(target, List.of("1"));
        Map<String, String> files = new TreeMap<>();
        for (Descriptor layer : image.manifest().layers()) {
            try (LayerStream stream = new LayerStream(target.openBlob(layer), layer, TarReader.Limits.USUAL)) {
                for (TarEntry e = stream.tar().next();
                        e != null;
                        e = stream.tar().next()) {
                    String content = e.kind() == TarEntry.Kind.FILE
                            ? Digest.of(stream.tar().readAllBytes()).toString()
                            : "";
                    files.put(
                            e.name(),
                            e.kind() + " " + Integer.toOctalString(e.mode()) + " " + e.userId() + ":" + e.groupId()
                                    + " " + e.link() + " " + content);
                }
            }
        }
        return files;
    }

    private static void write(String name, String content) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static void file(LayerWriter writer, String name, int mode, byte[] content) {
        writer.add(TarEntry.file(name, mode, content.length), BlobSource.of(content));
    }
}
