package io.jenkins.plugins.shera.build.bench;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.build.image.BuiltImage;
import io.jenkins.plugins.shera.build.image.SbomMaker;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.build.process.Programs;
import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.sbom.Attestation;
import io.jenkins.plugins.shera.oci.sbom.Groups;
import io.jenkins.plugins.shera.oci.sbom.SbomShelf;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.oci.statement.SigningKey;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import io.jenkins.plugins.shera.oci.target.SmallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A service of 150 MB of libraries of which 1 MB of classes changes: built and pushed by us without a daemon, and by docker's classic
 * builder, BuildKit and jib-core, in turns, to the same registry on the loopback address. Libraries are real jars, classes real classes. Ours is the
 * step's own builder with its cache, not Jenkins around it.
 */
final class ImageBench {
    private static final int RUNS = 7;
    private static final int COLD_RUNS = 3;
    private static final int LIBRARIES = 150 << 20;
    private static final int CLASSES = 1 << 20;
    private static final int MANY = 50;

    private final Path folder;
    private final DockerRegistry registry;
    private final ImagePlace place;
    private final Path context;
    private final OurBuild our;
    private final SigningKey key = SigningKey.generate();
    private int changes;
    private int others;
    private String kitProgram;

    private ImageBench(Path folder) throws Exception {
        this.folder = folder;
        this.registry = DockerRegistry.open(Files.createDirectories(folder.resolve("registry")));
        this.place = new ImagePlace(RegistryAddress.of(registry.host()), RegistryCredentials.NONE);
        this.context = Files.createDirectories(folder.resolve("context"));
        this.our = new OurBuild(registry.host(), context, folder.resolve("cache"));
        SmallImage.push(place.repository("base"), "1", SmallImage.large(folder, 40 << 20));
        ServiceFiles.libraries(context.resolve("lib"), LIBRARIES, 0);
        Files.writeString(context.resolve("Dockerfile"), OurBuild.dockerfile(registry.host()));
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
        Bench bench = new Bench();
        try {
            image.measure(bench);
        } finally {
            image.registry.close();
        }
        bench.exit();
    }

    private void measure(Bench bench) throws Exception {
        bench.measure("first build and push, 191 MB (s)", seconds(this::ours), seconds(this::docker))
                .atMostTimes(1);
        double[] ours = new double[RUNS];
        double[] classic = new double[RUNS];
        double[] kit = new double[RUNS];
        double[] jib = new double[RUNS];
        jib();
        boolean hasKit = findKit();
        long base = registry.logged("GET /v2/base/blobs/");
        for (int i = 0; i < RUNS; i++) {
            change();
            ours[i] = seconds(this::ours);
        }
        double read = registry.logged("GET /v2/base/blobs/") - base;
        for (int i = 0; i < RUNS; i++) {
            change();
            ours[i] = seconds(this::ours);
            jib[i] = seconds(this::jib);
            classic[i] = seconds(this::docker);
            kit[i] = hasKit ? seconds(() -> docker(kitProgram, "kits", "1")) : 0;
        }
        rebuilt(bench, "jib-core", ours, jib, 0.5);
        rebuilt(bench, "docker's classic builder", ours, classic, 0.15);
        if (hasKit) {
            rebuilt(bench, "BuildKit", ours, kit, 0.5);
        }
        withSbom(bench);
        cold(bench);
        // One is its configuration, by which its layers are known without being read.
        bench.measure("the same, blobs of the base read for each build (requests)", read / RUNS)
                .atMost(1);
        change();
        BuiltImage changed = our.build(folder);
        changed.pushTo(place.repository("ours"), List.of("1"));
        List<Descriptor> layers = changed.manifest().layers();
        bench.measure(
                        "the same, sent beyond the changed layer (KB)",
                        (changed.bytesSent() - layers.get(layers.size() - 1).size()) / 1024.0)
                .atMost(20);
        Manifest before = changed.manifest();
        BuiltImage again = our.build(folder);
        again.pushTo(place.repository("ours"), List.of("1"));
        bench.measure("rebuild with nothing changed, sent (bytes)", again.bytesSent())
                .atMost(0);
        bench.measure(
                        "rebuild with nothing changed, other digests",
                        again.manifest().digest().equals(before.digest()) ? 0 : 1)
                .atMost(0);
        appended(bench);
        many(bench);
    }

    /** Ours writes an SBOM of the image too, signs it and puts it beside the image; jib-core writes none. */
    private void withSbom(Bench bench) throws Exception {
        double[] ours = new double[RUNS];
        double[] jib = new double[RUNS];
        sbom();
        for (int i = 0; i < RUNS; i++) {
            change();
            ours[i] = seconds(this::sbom);
            jib[i] = seconds(this::jib);
        }
        // Without a goal: it tells what the SBOM, its signature and their way to the registry cost.
        bench.measure(
                        "rebuild and push, 1 MB of classes changed, with a signed SBOM from us alone, beside jib-core (s)",
                        Repeated.percentile(ours, 50),
                        Repeated.percentile(jib, 50))
                .toTell();
    }

    private void sbom() throws Exception {
        BuiltImage image = our.build(folder);
        Manifest manifest = image.pushTo(place.repository("ours"), List.of("1"));
        Path spool = Files.createTempDirectory(folder, "sbom");
        byte[] sbom =
                image.sbom(new SbomMaker(registry.host() + "/ours", folder.resolve("cache"), spool, Groups.none()));
        String name = registry.host() + "/ours";
        new SbomShelf(place.repository("ours"))
                .put(manifest.digest(), sbom, Attestation.sign(name, manifest.digest(), sbom, key));
    }

    private void cold(Bench bench) throws Exception {
        double[] ours = new double[COLD_RUNS];
        double[] jib = new double[COLD_RUNS];
        for (int i = 0; i < COLD_RUNS; i++) {
            change();
            delete(folder.resolve("cache"));
            ours[i] = seconds(this::ours);
            delete(folder.resolve("jib"));
            jib[i] = seconds(this::jib);
        }
        bench.measure(
                        "the same on a cold agent, beside jib-core (s)",
                        Repeated.percentile(ours, 50),
                        Repeated.percentile(jib, 50))
                .atMostTimes(1);
    }

    /** A layer on top of the image of 190 MB, into a repository that has nothing of it, with nothing remembered. */
    private void appended(Bench bench) throws Exception {
        double[] ours = new double[RUNS];
        double[] jib = new double[RUNS];
        double beyond = 0;
        long before = registry.logged("GET /v2/ours/blobs/");
        for (int i = 0; i < RUNS; i++) {
            change();
            long start = System.nanoTime();
            Layer layer = SmallImage.folder(folder, context.resolve("classes"), "app/classes");
            Image base = Image.read(place.repository("ours"), "1", Platform.ofThisMachine());
            ImageConfig config = base.config();
            config.addLayer(layer.diffId(), "COPY classes");
            ImagePush push = new ImagePush().on(base).add(layer);
            push.to(place.repository("appended" + ++others), List.of("1"), config);
            ours[i] = (System.nanoTime() - start) / 1e9;
            beyond = Math.max(beyond, push.bytesSent() - layer.descriptor().size());
        }
        double read = registry.logged("GET /v2/ours/blobs/") - before;
        for (int i = 0; i < RUNS; i++) {
            change();
            delete(folder.resolve("jib"));
            String there = registry.host() + "/appended" + ++others + ":1";
            jib[i] = seconds(() -> contain(
                    Jib.from(RegistryImage.named(registry.host() + "/ours:1"))
                            .addLayer(List.of(context.resolve("classes")), "/app"),
                    there));
        }
        bench.measure(
                        "append of a layer to another repository, nothing cached, beside jib-core (s)",
                        Repeated.percentile(ours, 50),
                        Repeated.percentile(jib, 50))
                .atMostTimes(1);
        // One is the configuration, which gets a line more.
        bench.measure("the same, blobs of the base read for each (requests)", read / RUNS)
                .atMost(1);
        bench.measure("the same, sent beyond the layer (KB)", beyond / 1024).atMost(20);
    }

    private void many(Bench bench) throws Exception {
        Path log = folder.resolve("many.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyBuilds.class.getName(),
                        registry.host(),
                        folder.toString(),
                        String.valueOf(MANY))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(log.toFile())
                .start();
        process.waitFor();
        String[] said = Files.readString(log).strip().split(" ");
        if (said.length != 3) {
            throw new IOException("the JVM of " + MANY + " builds ended with " + process.exitValue());
        }
        String name = MANY + " first builds of 21 MB at once";
        bench.measure(name + ", failed (builds)", Double.parseDouble(said[0])).atMost(0);
        bench.measure(name + ", most heap in use (MB)", Double.parseDouble(said[2]))
                .atMost(1024);
        bench.measure(name + ", wall clock (s)", Double.parseDouble(said[1])).atMost(300);
    }

    private static void rebuilt(Bench bench, String peer, double[] ours, double[] their, double goal) {
        bench.measure(
                        "rebuild and push, 1 MB of classes changed, beside " + peer + " (s)",
                        Repeated.percentile(ours, 50),
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
        our.build(folder).pushTo(place.repository("ours"), List.of("1"));
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
        contain(
                Jib.from(RegistryImage.named(registry.host() + "/base:1"))
                        .addLayer(List.of(context.resolve("lib")), "/app")
                        .addLayer(List.of(context.resolve("classes")), "/app")
                        .setEntrypoint("java", "-cp", "/app"),
                registry.host() + "/jib:1");
    }

    private void contain(JibContainerBuilder image, String there) throws Exception {
        Path cache = folder.resolve("jib");
        image.containerize(Containerizer.to(RegistryImage.named(there))
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
        ServiceFiles.classes(context.resolve("classes"), CLASSES, ++changes);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
