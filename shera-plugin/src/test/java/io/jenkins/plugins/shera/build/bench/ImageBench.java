package io.jenkins.plugins.shera.build.bench;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.build.context.BuildContext;
import io.jenkins.plugins.shera.build.dockerfile.Dockerfile;
import io.jenkins.plugins.shera.build.image.BuildRequest;
import io.jenkins.plugins.shera.build.image.BuiltImage;
import io.jenkins.plugins.shera.build.image.ImageBuilder;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A service of 150 MB of libraries of which 1 MB of classes changes: built and pushed by us without a daemon, and by docker's classic
 * builder, BuildKit and jib-core, in turns, to the same registry on the loopback address. Ours is the step's own builder with its cache, not Jenkins around it.
 */
final class ImageBench {
    private static final int RUNS = 7;
    private static final int LIBRARIES = 150 << 20;
    private static final int CLASSES = 1 << 20;
    private static final String DOCKERFILE =
            "FROM %s/base:1\nCOPY lib /app/lib\nCOPY classes /app/classes\nCMD [\"java\", \"-cp\", \"/app\"]\n";

    private final Path folder;
    private final DockerRegistry registry;
    private final ImagePlace place;
    private final Path context;
    private final String dockerfile;
    private int changes;
    private String kitProgram;

    private ImageBench(Path folder) throws Exception {
        this.folder = folder;
        this.registry = DockerRegistry.open(Files.createDirectories(folder.resolve("registry")));
        this.place = new ImagePlace(RegistryAddress.of(registry.host()), RegistryCredentials.NONE);
        this.context = Files.createDirectories(folder.resolve("context"));
        this.dockerfile = DOCKERFILE.formatted(registry.host());
        SmallImage.push(place.repository("base"), "1", SmallImage.large(folder, 40 << 20));
        random(context.resolve("lib/all.jar"), LIBRARIES, 1);
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        change();
    }

    /** Takes no arguments; needs docker-registry on PATH and a docker engine that answers. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("shera-bench-image");
        if (!new LocalPrograms(folder)
                .run(List.of("docker", "version"), Map.of(), false)
                .isGood()) {
            System.err.println("bench image: no docker engine answers; DOCKER_HOST names none");
            System.exit(2);
        }
        ImageBench image = new ImageBench(folder);
        try {
            image.measure();
        } finally {
            image.registry.close();
        }
    }

    private void measure() throws Exception {
        Bench bench = new Bench();
        bench.measure("first build and push, 191 MB (s)", seconds(this::ours), seconds(this::docker))
                .atMostTimes(1);
        double[] our = new double[RUNS];
        double[] classic = new double[RUNS];
        double[] kit = new double[RUNS];
        double[] jib = new double[RUNS];
        jib();
        boolean hasKit = findKit();
        long base = registry.logged("GET /v2/base/blobs/");
        for (int i = 0; i < RUNS; i++) {
            change();
            our[i] = seconds(this::ours);
        }
        double read = registry.logged("GET /v2/base/blobs/") - base;
        for (int i = 0; i < RUNS; i++) {
            change();
            our[i] = seconds(this::ours);
            jib[i] = seconds(this::jib);
            classic[i] = seconds(this::docker);
            kit[i] = hasKit ? seconds(() -> docker(kitProgram, "kits", "1")) : 0;
        }
        rebuilt(bench, "jib-core", our, jib, 0.5);
        rebuilt(bench, "docker's classic builder", our, classic, 0.15);
        if (hasKit) {
            rebuilt(bench, "BuildKit", our, kit, 0.5);
        }
        for (int i = 0; i < RUNS; i++) {
            change();
            delete(folder.resolve("cache"));
            our[i] = seconds(this::ours);
            delete(folder.resolve("jib"));
            jib[i] = seconds(this::jib);
        }
        bench.measure(
                        "the same on a cold agent, beside jib-core (s)",
                        Repeated.percentile(our, 50),
                        Repeated.percentile(jib, 50))
                .atMostTimes(1);
        // One is its configuration, by which its layers are known without being read.
        bench.measure("the same, blobs of the base read for each build (requests)", read / RUNS)
                .atMost(1);
        change();
        BuiltImage changed = build();
        changed.pushTo(place.repository("ours"), List.of("1"));
        bench.measure("the same, sent beyond the changed classes (KB)", (changed.bytesSent() - CLASSES) / 1024.0)
                .atMost(20);
        Manifest before = changed.manifest();
        BuiltImage again = build();
        again.pushTo(place.repository("ours"), List.of("1"));
        bench.measure("rebuild with nothing changed, sent (bytes)", again.bytesSent())
                .atMost(0);
        bench.measure(
                        "rebuild with nothing changed, other digests",
                        again.manifest().digest().equals(before.digest()) ? 0 : 1)
                .atMost(0);
        bench.exit();
    }

    private static void rebuilt(Bench bench, String peer, double[] our, double[] their, double goal) {
        bench.measure(
                        "rebuild and push, 1 MB of classes changed, beside " + peer + " (s)",
                        Repeated.percentile(our, 50),
                        Repeated.percentile(their, 50))
                .atMostTimes(goal);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private void ours() throws Exception {
        build().pushTo(place.repository("ours"), List.of("1"));
    }

    private BuiltImage build() throws Exception {
        return new ImageBuilder(new BuildRequest(
                        Dockerfile.parse(dockerfile),
                        new BuildContext(context, context.resolve("Dockerfile")),
                        null,
                        Map.of(),
                        Platform.ofThisMachine(),
                        Instant.EPOCH,
                        (reference, platform) ->
                                Image.read(place.repository(reference.repository()), reference.target(), platform),
                        Files.createTempDirectory(folder, "spool"),
                        folder.resolve("cache"),
                        line -> {}))
                .build();
    }

    private void docker() throws Exception {
        docker("docker", "theirs", "0");
    }

    /** A command line of docker that is newer than its engine has BuildKit in a component apart, which may be missing. */
    private boolean findKit() {
        for (String program : List.of("docker", "/usr/bin/docker")) {
            try {
                docker(program, "kits", "1");
                kitProgram = program;
                return true;
            } catch (Exception e) {
                System.err.println("bench image: no BuildKit by " + program + ": " + e.getMessage());
            }
        }
        return false;
    }

    private void docker(String docker, String repository, String kit) throws Exception {
        String image = registry.host() + "/" + repository + ":1";
        program(kit, docker, "build", "--quiet", "--tag", image, context.toString());
        program(kit, docker, "push", "--quiet", image);
    }

    private void jib() throws Exception {
        Path cache = folder.resolve("jib");
        Jib.from(RegistryImage.named(registry.host() + "/base:1"))
                .addLayer(List.of(context.resolve("lib")), "/app")
                .addLayer(List.of(context.resolve("classes")), "/app")
                .setEntrypoint("java", "-cp", "/app")
                .containerize(Containerizer.to(RegistryImage.named(registry.host() + "/jib:1"))
                        .setAllowInsecureRegistries(true)
                        .setBaseImageLayersCache(cache.resolve("base"))
                        .setApplicationLayersCache(cache.resolve("application")));
    }

    private void program(String kit, String... command) throws Exception {
        Programs.Outcome outcome =
                new LocalPrograms(folder).run(List.of(command), Map.of("DOCKER_BUILDKIT", kit), false);
        if (!outcome.isGood()) {
            throw new IOException(List.of(command) + ": " + outcome.output());
        }
    }

    private void change() throws IOException {
        random(context.resolve("classes/all.bin"), CLASSES, ++changes + 100L);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void random(Path file, int size, long seed) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
