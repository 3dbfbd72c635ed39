package io.jenkins.plugins.shera.demo.run;

import io.jenkins.plugins.shera.demo.image.BaseImage;
import io.jenkins.plugins.shera.demo.parts.Cluster;
import io.jenkins.plugins.shera.demo.parts.Leftovers;
import io.jenkins.plugins.shera.demo.parts.Machine;
import io.jenkins.plugins.shera.demo.parts.Nginx;
import io.jenkins.plugins.shera.demo.parts.Part;
import io.jenkins.plugins.shera.demo.parts.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** From nothing to an application that answers, with everything in between shown. */
public final class Demo {
    private static final String HOST = "shop.localhost";

    private final Options options;
    private final Leftovers leftovers;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Stages stages = new Stages();
    private final Tenants tenants;
    private String password;

    private Demo(Options options) {
        this.options = options;
        this.tenants = new Tenants(options.project());
        this.leftovers = new Leftovers(options.work().resolve("processes"));
    }

    /** Exits with 0 when every stage succeeded, 1 when not, 2 for words it does not know. */
    public static void main(String[] words) throws InterruptedException {
        if (List.of(words).contains("--help") || List.of(words).contains("-h")) {
            System.out.print(Options.HELP);
            return;
        }
        int exit = 1;
        try {
            Demo demo = new Demo(Options.of(
                    words,
                    Path.of(System.getProperty("shera.project", "."))
                            .toAbsolutePath()
                            .normalize()));
            Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
            exit = demo.run() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println("bin/demo: " + e.getMessage());
            exit = 2;
        } catch (IOException e) {
            System.err.println("bin/demo: " + e.getMessage());
        }
        System.exit(exit);
    }

    private boolean run() throws IOException, InterruptedException {
        Files.createDirectories(options.work());
        leftovers.end();
        Path home = options.work().resolve("jenkins-home");
        delete(home);
        if (options.install() && !options.sandbox()) {
            install();
        }
        Registry registry = closing(Registry.start(options.work().resolve("registry"), leftovers, !options.sandbox()));
        Nginx nginx = closing(Nginx.start(clean("nginx"), leftovers, !options.sandbox()));
        Cluster cluster = closing(cluster(registry));
        if (cluster.part().real()) {
            cluster.tidy();
        }
        say("registry  " + registry.part());
        say("nginx     " + nginx.part());
        say("cluster   " + cluster.part());
        say("making the base image: a Java runtime of this machine's JDK");
        new BaseImage(options.work().resolve("base")).to(registry.place().repository("base/java"), "17");
        String repository = SampleRepository.make(
                options.project().resolve("shared/demo/src/main/sample"),
                options.work().resolve("shop.git"));

        password = UUID.randomUUID().toString().substring(0, 8);
        int port = Machine.portOrFree(options.port());
        int routePort = Machine.freePort();
        NginxSettings.write(home, nginx.installation(), routePort, List.of(Tenants.FIRST, Tenants.SECOND));
        DemoJenkins jenkins = closing(
                DemoJenkins.start(options, home, port, password, tenants.files(clean("setup"), cluster), leftovers));
        say("Jenkins' stand-in with the six plugins: " + jenkins.url());
        JenkinsClient client = new JenkinsClient(jenkins.url(), DemoJenkins.ADMINISTRATOR, password);
        tenants.create(client, registry, cluster);

        Map<String, Part> doneBy = new LinkedHashMap<>();
        doneBy.put(
                "Image",
                new Part(
                        "git, Maven, daemonless build, " + registry.part().what(),
                        registry.part().real()));
        doneBy.put("Deploy", cluster.part());
        doneBy.put("Route", nginx.part());
        client.build(
                "job/" + Tenants.FIRST + "/job/quickstart",
                Map.of(
                        "GIT_URL",
                        repository,
                        "REGISTRY",
                        "house",
                        "HOST",
                        HOST,
                        "BASE",
                        registry.host() + "/base/java:17"));
        say("running Jenkinsfile.examples/quickstart as " + jenkins.url() + "job/" + Tenants.FIRST
                + "/job/quickstart/1/");
        String result = new BuildFollower(
                        client, "job/" + Tenants.FIRST + "/job/quickstart/1", doneBy, stages, System.out::println)
                .follow();
        if (result.equals("SUCCESS")) {
            answer(routePort);
        }
        return report(jenkins, routePort, result);
    }

    private void install() throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String program : List.of("nginx", "docker-registry", "git")) {
            if (Machine.find(program).isEmpty()) {
                missing.add(program);
            }
        }
        if (!missing.isEmpty() && !Machine.install(missing, options.work().resolve("install.log"))) {
            say("not here and not installed: " + String.join(", ", missing)
                    + " (stand-ins take their place where there is one)");
        }
    }

    private Cluster cluster(Registry registry) throws IOException {
        String kubeconfig = System.getenv().getOrDefault("KUBECONFIG", "");
        String why = "KUBECONFIG names none";
        if (options.sandbox()) {
            why = "asked for by --sandbox";
        } else if (!kubeconfig.isEmpty() && !registry.part().real()) {
            why = "a real cluster could not pull from a folder of images";
        } else if (!kubeconfig.isEmpty()) {
            try {
                return Cluster.real(Path.of(kubeconfig.split(":")[0]));
            } catch (IOException | IllegalArgumentException e) {
                why = "the cluster of KUBECONFIG does not answer: " + e.getMessage();
            }
        }
        return Cluster.sandbox(registry.place(), clean("cluster"), leftovers, why);
    }

    private void answer(int port) throws IOException {
        long start = System.nanoTime();
        String body = Browser.get(HOST, port);
        boolean welcome = body.contains("Welcome to the shop");
        stages.add(
                "Answer",
                new Part("GET http://" + HOST + ":" + port + "/", true),
                Duration.ofNanos(System.nanoTime() - start),
                welcome);
        say("the application says: " + body.strip());
    }

    private boolean report(DemoJenkins jenkins, int routePort, String result) throws InterruptedException {
        boolean good = result.equals("SUCCESS") && stages.allSucceeded();
        System.out.println();
        System.out.print(stages.table());
        System.out.println();
        say(good ? "every stage succeeded" : "the build ended as " + result + "; its log is above");
        if (!options.once()) {
            say("the application   http://" + HOST + ":" + routePort + "/");
            say("the console       " + jenkins.url() + "shera/");
            say("the build         " + jenkins.url() + "job/" + Tenants.FIRST + "/job/quickstart/1/");
            say("sign in as        " + DemoJenkins.ADMINISTRATOR + " / " + password);
            say("this is a stand-in for looking; production means Jenkins. Ctrl-C stops everything.");
            new CountDownLatch(1).await();
        }
        return good;
    }

    private <T extends AutoCloseable> T closing(T part) {
        toClose.push(part);
        return part;
    }

    private synchronized void close() {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                System.err.println("bin/demo: while stopping: " + e);
            }
        }
        try {
            leftovers.end();
        } catch (IOException | InterruptedException e) {
            System.err.println("bin/demo: while stopping: " + e);
        }
    }

    private Path clean(String name) throws IOException {
        Path folder = options.work().resolve(name);
        delete(folder);
        return Files.createDirectories(folder);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void say(String line) {
        System.out.println("demo: " + line);
    }
}
