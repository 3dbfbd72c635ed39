package io.jenkins.plugins.shera.demo.site;

import io.jenkins.plugins.shera.demo.image.BaseImage;
import io.jenkins.plugins.shera.demo.parts.Cluster;
import io.jenkins.plugins.shera.demo.parts.Leftovers;
import io.jenkins.plugins.shera.demo.parts.Machine;
import io.jenkins.plugins.shera.demo.parts.Nginx;
import io.jenkins.plugins.shera.demo.parts.Registry;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A Jenkins with the packed plugins and everything beside it: registry, nginx, cluster, a base image, the sample's git
 * repository, two tenants. {@link #open} starts the servers, {@link #startJenkins} Jenkins; between the two its home and jobs may be
 * prepared. Closing it stops all, in the opposite order.
 */
public final class DemoSite implements AutoCloseable {
    /** The one nginx cluster, which both tenants may use. */
    public static final String NGINX = "edge";

    private final Options options;
    private final Leftovers leftovers;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Tenants tenants = new Tenants();
    private final String password = UUID.randomUUID().toString().substring(0, 8);
    private int port;
    private int routePort;
    private Registry registry;
    private Nginx nginx;
    private Cluster cluster;
    private Path setup;
    private String repository;
    private DemoJenkins jenkins;

    private DemoSite(Options options) {
        this.options = options;
        this.leftovers = new Leftovers(options.work().resolve("processes"));
    }

    /** Ends what a killed run left behind, and starts the servers: real ones where they are and may be used. */
    public static DemoSite open(Options options) throws IOException, InterruptedException {
        DemoSite site = new DemoSite(options);
        try {
            site.start();
            return site;
        } catch (IOException | InterruptedException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private void start() throws IOException, InterruptedException {
        Files.createDirectories(options.work());
        leftovers.end();
        delete(home());
        port = options.port() == 0 ? Machine.freePort() : Machine.portOrFree(options.port());
        routePort = Machine.freePort();
        boolean mayBeReal = !options.sandbox();
        registry = closing(Registry.start(options.work().resolve("registry"), leftovers, mayBeReal));
        nginx = closing(Nginx.start(folder("nginx"), leftovers, mayBeReal));
        cluster = closing(startCluster());
        if (cluster.part().real()) {
            cluster.tidy();
        }
        Path base = options.project().resolve("target").resolve("demo").resolve("base");
        new BaseImage(base).to(registry.place().repository("base/java"), "17");
        repository = SampleRepository.make(
                options.project().resolve("shared/demo/src/main/sample"),
                options.work().resolve("shop.git"));
        NginxSettings.write(home(), nginx.installation(), routePort, List.of(Tenants.FIRST, Tenants.SECOND));
        setup = tenants.files(folder("setup"), cluster);
    }

    private Cluster startCluster() throws IOException {
        String kubeconfig = System.getenv().getOrDefault("KUBECONFIG", "");
        String why = "KUBECONFIG names none";
        if (options.sandbox()) {
            why = "asked for by --sandbox";
        } else if (!kubeconfig.isEmpty() && !registry.part().real()) {
            why = "a real cluster could not pull from a folder of images";
        } else if (!kubeconfig.isEmpty()) {
            try {
                return Cluster.real(Path.of(kubeconfig.split(":")[0]), options.work());
            } catch (IOException | IllegalArgumentException e) {
                why = "the cluster of KUBECONFIG does not answer: " + e.getMessage();
            }
        }
        return Cluster.sandbox(registry.place(), folder("cluster"), leftovers, why);
    }

    /** Puts a Pipeline job into a tenant's folder; before Jenkins starts. */
    public void addJob(String tenant, String name, String script) throws IOException {
        Path folder = Files.createDirectories(setup.resolve("jobs").resolve(tenant));
        Files.writeString(folder.resolve(name), script);
    }

    /** A user with an API token who may read Jenkins and, in a tenant's folder, this (ids of permissions); before Jenkins starts. */
    public void addUser(String name, String tenant, List<String> permissions) throws IOException {
        List<String> lines = new ArrayList<>(List.of(tenant));
        lines.addAll(permissions);
        Files.write(Files.createDirectories(setup.resolve("users")).resolve(name), lines);
    }

    /** The API token of a user who was added. */
    public String token(String user) throws IOException {
        return Files.readString(setup.resolve("token-" + user));
    }

    /** Starts Jenkins and, the first time, enters the tenants. */
    public void startJenkins() throws IOException, InterruptedException {
        boolean first = jenkins == null;
        jenkins = DemoJenkins.start(options, home(), port, password, setup, leftovers);
        if (first) {
            toClose.push(() -> jenkins.close());
            tenants.create(client(), registry, cluster);
        }
    }

    /** Ends Jenkins as a power cut would; {@link #startJenkins} starts it again in the same home. */
    public void killJenkins() throws InterruptedException {
        jenkins.kill();
    }

    /** The process that Jenkins runs in now: another one after each start. */
    public ProcessHandle jenkinsProcess() {
        return jenkins.process();
    }

    /** Stops this with everything else, before what was started earlier. */
    public synchronized <T extends AutoCloseable> T closing(T part) {
        toClose.push(part);
        return part;
    }

    /** An empty folder of this name, for a server of an example. */
    public Path folder(String name) throws IOException {
        Path folder = options.work().resolve(name);
        delete(folder);
        return Files.createDirectories(folder);
    }

    /** Remembers processes, so that none outlives a killed run. */
    public Leftovers leftovers() {
        return leftovers;
    }

    /** Writes into Jenkins' home, before its first start, one more nginx cluster that this tenant alone uses. */
    public void addNginxCluster(String id, String tenant, List<NginxInstallation> nodes) throws IOException {
        NginxSettings.add(home(), id, tenant, nodes);
    }

    /** The home of Jenkins. */
    public Path home() {
        return options.work().resolve("jenkins-home");
    }

    /** Signed in as administrator. */
    public JenkinsClient client() {
        return new JenkinsClient(jenkins.url(), DemoJenkins.ADMINISTRATOR, token());
    }

    /** The administrator's API token, for curl. */
    public String token() {
        try {
            return Files.readString(setup.resolve("token"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the pages are, with a slash at the end. */
    public String url() {
        return jenkins.url();
    }

    /** The administrator's name. */
    public String user() {
        return DemoJenkins.ADMINISTRATOR;
    }

    /** The administrator's password, another one each time. */
    public String password() {
        return password;
    }

    /** Where images go; known to the platform as {@code house}. */
    public Registry registry() {
        return registry;
    }

    /** What serves routes, on {@link #routePort}; known as {@link #NGINX}. */
    public Nginx nginx() {
        return nginx;
    }

    /** The port of the loopback address on which routes answer. */
    public int routePort() {
        return routePort;
    }

    /** Where applications run; known as {@code local}. */
    public Cluster cluster() {
        return cluster;
    }

    /** The second namespace of the first tenant. */
    public String liveNamespace() {
        return tenants.liveNamespace();
    }

    /** The namespace a tenant has. */
    public String namespace(String tenant) {
        return tenants.namespace(tenant);
    }

    /** An image with a Java runtime, in the registry. */
    public String baseImage() {
        return registry.host() + "/base/java:17";
    }

    /** The git address of the sample application. */
    public String repository() {
        return repository;
    }

    @Override
    public synchronized void close() {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                System.err.println("demo: while stopping: " + e);
            }
        }
        try {
            leftovers.end();
        } catch (IOException | InterruptedException e) {
            System.err.println("demo: while stopping: " + e);
        }
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
}
