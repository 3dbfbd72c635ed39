package io.jenkins.plugins.shera.terminal.bench;

import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.KnownConfigs;
import io.jenkins.plugins.shera.terminal.docker.Engine;
import io.jenkins.plugins.shera.terminal.docker.TestEngine;
import io.jenkins.plugins.shera.terminal.pack.ChangeFinder;
import io.jenkins.plugins.shera.terminal.pack.Choice;
import io.jenkins.plugins.shera.terminal.pack.ContainerPackager;
import io.jenkins.plugins.shera.terminal.pack.EngineSource;
import io.jenkins.plugins.shera.terminal.pack.Hand;
import io.jenkins.plugins.shera.terminal.pack.LayerLists;
import io.jenkins.plugins.shera.terminal.pack.PackOrder;
import io.jenkins.plugins.shera.terminal.pack.Packed;
import io.jenkins.plugins.shera.terminal.pack.PodOrigin;
import io.jenkins.plugins.shera.terminal.pack.PodShell;
import io.jenkins.plugins.shera.terminal.pack.TestPods;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A container of 300 MB in which 1 MB was changed becomes an image: by docker's own diff and archives beside {@code docker commit} and
 * {@code docker push} of the same container to the same registry, in turns; and in a pod by its own programs, where no peer does it.
 * Ours is the packaging itself, not Jenkins around it.
 */
final class PackageBench {
    private static final int RUNS = 9;
    /** Rounds that are not counted: a Jenkins that packages has run for days, as the engine has. */
    private static final int WARM = 60;

    private static final int FILES = 300;
    private static final int MEGABYTE = 1 << 20;
    private static final String CHANGE =
            "/bin/busybox head -c 1048576 /dev/urandom > /app/changed.bin; /bin/busybox rm -f /app/gone.txt";

    private final Bench bench = new Bench();
    private final Path folder;
    private final Path[] ballast = new Path[FILES];
    private int made;

    private PackageBench(Path folder) throws Exception {
        this.folder = folder;
        Random random = new Random(8);
        byte[] bytes = new byte[MEGABYTE];
        for (int i = 0; i < FILES; i++) {
            random.nextBytes(bytes);
            ballast[i] = Files.write(folder.resolve("library-" + i + ".jar"), bytes);
        }
    }

    /** Takes no arguments; needs DOCKER_HOST, KUBECONFIG, busybox and docker-registry, and skips the arm that has nothing to run on. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("shera-bench-package");
        PackageBench all = new PackageBench(folder);
        boolean any = false;
        if (System.getenv("DOCKER_HOST") != null) {
            all.onEngine();
            any = true;
        }
        if (System.getenv("KUBECONFIG") != null) {
            all.inCluster();
            any = true;
        }
        if (!any) {
            System.err.println("bench package: neither DOCKER_HOST nor KUBECONFIG is set");
            System.exit(2);
        }
        all.bench.exit();
    }

    private PackOrder order(String where) throws Exception {
        return new PackOrder("mended-" + made++, new Hand(where, "ada", Instant.now()));
    }

    private void onEngine() throws Exception {
        try (TestEngine engine = new TestEngine(Files.createDirectories(folder.resolve("engine")))) {
            engine.image("shop", "1", List.of(), Map.of(), ballast);
            String name = engine.start("shop", engine.reference("shop", "1"), TestEngine.LABELS);
            double[] ours = new double[RUNS];
            double[] peer = new double[RUNS];
            double sent = 0;
            for (int i = -WARM; i < RUNS; i++) {
                engine.sh(name, CHANGE);
                long start = System.nanoTime();
                Packed packed = packed(engine, name);
                double our = seconds(start);
                sent = Math.max(sent, packed.bytesSent());
                engine.sh(name, CHANGE);
                String tag = engine.reference("shop", "committed-" + (i + WARM));
                start = System.nanoTime();
                engine.docker("commit", name, tag);
                engine.docker("push", "-q", tag);
                if (i >= 0) {
                    ours[i] = our;
                    peer[i] = seconds(start);
                }
                engine.docker("rmi", tag);
            }
            bench.measure(
                            "1 MB changed in 300 MB on a docker engine, beside docker commit and push (s)",
                            Repeated.percentile(ours, 50),
                            Repeated.percentile(peer, 50))
                    .atMostTimes(0.5);
            bench.measure("the same, sent to the registry at most (MB)", sent / 1e6)
                    .atMost(1.2);
        }
    }

    private static Packed pack(ContainerPackager packager, Choice choice, PackOrder order, ImageTarget to)
            throws Exception {
        return packager.pack(choice, order, to);
    }

    private Packed packed(TestEngine engine, String name) throws Exception {
        Engine real = engine.engine();
        EngineSource source = new EngineSource(real, real.find(name, TestEngine.LABELS));
        ImageTarget home = engine.target("shop");
        Image image = Image.read(home, "1", Platform.ofThisMachine(), new KnownConfigs(folder.resolve("lists")));
        Choice choice = Choice.everything(
                source.changesToFetch(() -> new LayerLists(folder.resolve("lists"), line -> {}).of(image)));
        return pack(new ContainerPackager(source, image, line -> {}), choice, order("docker:here/" + name), home);
    }

    private void inCluster() throws Exception {
        try (TestPods pods = new TestPods(Files.createDirectories(folder.resolve("cluster")))) {
            List<String> tools = List.of("sh", "find", "stat", "cat", "printf", "tar", "sleep");
            pods.image("shop", "1", tools, "0", ballast);
            pods.start("shop-1", pods.reference("shop", "1"));
            double[] ours = new double[RUNS];
            double sent = 0;
            for (int i = -1; i < RUNS; i++) {
                pods.say("shop-1", "sh", "-c", CHANGE);
                long start = System.nanoTime();
                sent = Math.max(sent, packed(pods).bytesSent());
                if (i >= 0) {
                    ours[i] = seconds(start);
                } else {
                    bench.measure(
                                    "1 MB changed in 300 MB in a pod, the image's files read for the first time (s)",
                                    seconds(start))
                            .toTell();
                }
            }
            bench.measure("1 MB changed in 300 MB in a pod (s)", Repeated.percentile(ours, 50))
                    .toTell();
            bench.measure("the same, sent to the registry at most (MB)", sent / 1e6)
                    .atMost(1.2);
        }
    }

    private Packed packed(TestPods pods) throws Exception {
        PodOrigin origin = PodOrigin.of(pods.api(), pods.namespace(), "shop-1", "");
        PodShell shell = new PodShell(pods.api(), pods.exec(), origin);
        ImageTarget home = pods.target("shop");
        Image image = Image.read(
                home,
                origin.image().digest().orElseThrow().toString(),
                Platform.ofThisMachine(),
                new KnownConfigs(folder.resolve("lists")));
        Choice choice = Choice.everything(
                new ChangeFinder(shell, new LayerLists(folder.resolve("lists"), line -> {}).of(image), origin.started())
                        .find());
        return pack(new ContainerPackager(shell, image, line -> {}), choice, order(origin.where()), home);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
