package io.jenkins.plugins.shera.build.bench;

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
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A service of 150 MB of libraries of which 1 MB of classes changes: built and pushed by us without a daemon, and by docker's classic
 * builder, in turns, to the same registry on the loopback address. Ours is the step's own builder with its cache, not Jenkins around it.
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
        double[] their = new double[RUNS];
        long base = registry.logged("GET /v2/base/blobs/");
        for (int i = 0; i < RUNS; i++) {
            change();
            our[i] = seconds(this::ours);
            their[i] = seconds(this::docker);
        }
        bench.measure(
                        "rebuild and push, 1 MB of classes changed (s)",
                        Repeated.percentile(our, 50),
                        Repeated.percentile(their, 50))
                .atMostTimes(0.5);
        // One is its configuration, by which its layers are known without being read.
        double read = registry.logged("GET /v2/base/blobs/") - base;
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
        String image = registry.host() + "/theirs:1";
        program("docker", "build", "--quiet", "--tag", image, context.toString());
        program("docker", "push", "--quiet", image);
    }

    private void program(String... command) throws Exception {
        Programs.Outcome outcome =
                new LocalPrograms(folder).run(List.of(command), Map.of("DOCKER_BUILDKIT", "0"), false);
        if (!outcome.isGood()) {
            throw new IOException(List.of(command) + ": " + outcome.output());
        }
    }

    private void change() throws IOException {
        random(context.resolve("classes/all.bin"), CLASSES, ++changes + 100L);
    }

    private static void random(Path file, int size, long seed) throws IOException {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
