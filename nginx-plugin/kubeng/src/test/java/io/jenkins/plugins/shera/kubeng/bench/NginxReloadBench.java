package io.jenkins.plugins.shera.kubeng.bench;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.kubeng.daemon.Daemon;
import io.jenkins.plugins.shera.kubeng.daemon.NodeState;
import io.jenkins.plugins.shera.nginx.intent.IntendedRoute;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * From an event of the cluster to an answer of nginx, on two nodes; the peer is nginx's own test and the signal, of files of the same size, in the
 * same run. Then a burst of events while clients ask.
 */
final class NginxReloadBench {
    private static final int NODES = 2;
    private static final int EVENTS_PER_SECOND = 100;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Bench bench = new Bench();
    private final KeyPair key;
    private final Path folder;
    private final int backend;
    private final int runs;
    private final Duration burst;

    private NginxReloadBench(Path folder, int backend, boolean brief) throws Exception {
        this.folder = folder;
        this.backend = backend;
        this.runs = brief ? 3 : 11;
        this.burst = Duration.ofSeconds(brief ? 5 : 30);
        this.key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /** Needs an nginx on PATH; {@code brief} for a look whether it runs through, whose figures are none for the record. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("shera-bench-reload");
        // Workers of an nginx with Lua read addresses below it.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        backend.start();
        boolean brief = List.of(arguments).contains("brief");
        NginxReloadBench all = new NginxReloadBench(folder, backend.getAddress().getPort(), brief);
        for (int services : brief ? List.of(100) : List.of(100, 1000)) {
            all.latency(services);
        }
        all.byAddress();
        if (Files.exists(Path.of("/usr/lib/nginx/modules/ngx_http_lua_module.so"))) {
            all.live();
        } else {
            System.err.println("no libnginx-mod-http-lua: pods that move without reload are left out");
        }
        all.burst();
        backend.stop(0);
        all.bench.exit();
    }

    private static IntendedRoute route(int i, int port, Target target) throws InvalidRouteException {
        return new IntendedRoute(
                RouteOwner.of("tenant-" + i % 20, "service-" + i, "prod"),
                "service-" + i + ".example.com",
                port,
                "/",
                List.of(target));
    }

    private static Intent intent(int services, int port, boolean pods) throws InvalidRouteException {
        List<IntendedRoute> routes = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            routes.add(route(
                    i,
                    port,
                    pods ? Target.pods("kube", "bench", "s" + i, 80) : Target.service("kube", "bench", "s" + i, 80)));
        }
        return Intent.ofRoutes("edge", 1, routes);
    }

    /** What a hand would write: as large as ours, at ports of its own. */
    private static Map<String, byte[]> byHand(BenchNode node, int services, String first, int backend)
            throws InvalidRouteException {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            Member member = i == services - 1 && backend > 0
                    ? Member.of("127.0.0.1", backend, 1)
                    : Member.of(i == 0 ? first : "10.0." + i / 250 + "." + (i % 250 + 1), 8080, 1);
            routes.add(route(i, node.nginx().port(), Target.of(member)).to(List.of(member)));
        }
        Map<String, byte[]> files = new TreeMap<>(RouteFiles.render(
                RouteSet.of(routes), node.nginx().installation().versionPort(), "/nowhere/*.conf"));
        files.remove("weights.conf");
        WeightFiles.render(WeightSet.of(List.of())).forEach((name, bytes) -> files.put("weights-" + name, bytes));
        return files;
    }

    private void latency(int services) throws Exception {
        double[] ours = new double[runs];
        double[] bare = new double[runs];
        List<BenchNode> driven = new ArrayList<>();
        List<BenchNode> handled = new ArrayList<>();
        try (ServicesDouble cluster = new ServicesDouble(services)) {
            for (int n = 0; n < NODES; n++) {
                BenchNode node = new BenchNode(folder.resolve("ours-" + services + "-" + n));
                driven.add(node);
                node.drive(cluster, intent(services, node.nginx().port(), true), key, Duration.ofMillis(100));
                handled.add(new BenchNode(folder.resolve("bare-" + services + "-" + n)));
            }
            for (BenchNode node : driven) {
                settled(node);
            }
            for (BenchNode node : handled) {
                node.write(byHand(node, services, "10.1.1.1", 0));
                node.testAndReload();
                node.awaitOther("");
            }
            for (int run = -2; run < runs; run++) {
                String to = "10.9.9." + (run + 10);
                List<String> before = served(driven);
                idle(driven);
                long begun = System.nanoTime();
                cluster.move(0, to);
                both(driven, before, node -> {});
                double took = (System.nanoTime() - begun) / 1e6;
                before = served(handled);
                for (BenchNode node : handled) {
                    node.write(byHand(node, services, to, 0));
                }
                Thread.sleep(500);
                begun = System.nanoTime();
                both(handled, before, BenchNode::testAndReload);
                if (run >= 0) {
                    ours[run] = took;
                    bare[run] = (System.nanoTime() - begun) / 1e6;
                }
            }
        } finally {
            for (BenchNode node : driven) {
                node.close();
            }
            for (BenchNode node : handled) {
                node.close();
            }
        }
        double our = Repeated.percentile(ours, 50);
        double their = Repeated.percentile(bare, 50);
        String name = "event to live on " + NODES + " nodes, " + services + " services (ms)";
        // Below 1,000 services a constant is allowed instead, as the test itself takes almost no time there.
        double allowed = services < 1000 ? Math.max(1.25, (their + 50) / their) : 1.25;
        bench.measure(name, our, their).atMostTimes(allowed);
    }

    private interface Act {
        void on(BenchNode node) throws IOException, InterruptedException;
    }

    private static void both(List<BenchNode> nodes, List<String> before, Act act)
            throws ExecutionException, InterruptedException {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int n = 0; n < nodes.size(); n++) {
            BenchNode node = nodes.get(n);
            String known = before.get(n);
            all.add(CompletableFuture.runAsync(() -> {
                try {
                    act.on(node);
                    node.awaitOther(known);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
    }

    /** Waits until every daemon has proved what it last put there, and rests. */
    private static void idle(List<BenchNode> nodes) throws InterruptedException {
        for (BenchNode node : nodes) {
            node.awaitRest();
        }
    }

    private static List<String> served(List<BenchNode> nodes) throws IOException {
        List<String> all = new ArrayList<>();
        for (BenchNode node : nodes) {
            all.add(node.serves());
        }
        return all;
    }

    /** Waits until nothing changes any more. */
    private static void settled(BenchNode node) throws IOException, InterruptedException {
        node.awaitOther("");
        String before = "";
        String now = node.serves();
        while (!now.equals(before)) {
            Thread.sleep(3000);
            before = now;
            now = node.serves();
        }
    }

    private void byAddress() throws Exception {
        try (ServicesDouble cluster = new ServicesDouble(100);
                BenchNode node = new BenchNode(folder.resolve("address"))) {
            Daemon daemon = node.drive(cluster, intent(100, node.nginx().port(), false), key, Duration.ofMillis(100));
            settled(node);
            node.awaitRest();
            long before = daemon.state(Intent.Kind.ROUTES).reloads();
            for (int i = 0; i < 100; i++) {
                cluster.move(i, "10.8.8." + (i + 1));
                Thread.sleep(20);
            }
            Thread.sleep(2000);
            bench.measure(
                            "reloads by 100 pods that move behind service addresses",
                            daemon.state(Intent.Kind.ROUTES).reloads() - before)
                    .atMost(0);
        }
    }

    /** The same of pods that are members themselves, where nginx has Lua. */
    private void live() throws Exception {
        try (ServicesDouble cluster = new ServicesDouble(100);
                BenchNode node = new BenchNode(folder.resolve("live"), true)) {
            Daemon daemon = node.drive(cluster, intent(100, node.nginx().port(), true), key, Duration.ofMillis(100));
            settled(node);
            node.awaitRest();
            NodeState before = daemon.state(Intent.Kind.ROUTES);
            Set<Long> workers = node.nginx().workers();
            for (int i = 0; i < 100; i++) {
                cluster.move(i, "10.8.8." + (i + 1));
                Thread.sleep(20);
            }
            Thread.sleep(2000);
            NodeState after = daemon.state(Intent.Kind.ROUTES);
            boolean followed = after.endpoints() > before.endpoints()
                    && after.error().isEmpty()
                    && node.nginx().workers().equals(workers);
            if (!followed) {
                throw new IllegalStateException("the addresses were not followed by the same workers: " + after);
            }
            bench.measure("reloads by 100 pods that move, nginx with Lua", after.reloads() - before.reloads())
                    .atMost(0);
        }
    }

    private void burst() throws Exception {
        int services = 200;
        String host = "service-" + (services - 1) + ".example.com";
        try (ServicesDouble cluster = new ServicesDouble(services);
                BenchNode node = new BenchNode(folder.resolve("burst"));
                BenchNode bare = new BenchNode(folder.resolve("burst-bare"))) {
            List<IntendedRoute> routes =
                    new ArrayList<>(intent(services, node.nginx().port(), true).routes());
            routes.set(
                    services - 1,
                    route(services - 1, node.nginx().port(), Target.of(Member.of("127.0.0.1", backend, 1))));
            Daemon daemon = node.drive(cluster, Intent.ofRoutes("edge", 1, routes), key, INTERVAL);
            settled(node);
            bare.write(byHand(bare, services, "10.1.1.1", backend));
            bare.testAndReload();
            bare.awaitOther("");
            node.awaitRest();
            long before = daemon.state(Intent.Kind.ROUTES).reloads();
            try (Clients fresh = new Clients(4, false, node.nginx().port(), host);
                    Clients kept = new Clients(8, true, node.nginx().port(), host);
                    Clients keptBare = new Clients(8, true, bare.nginx().port(), host)) {
                long bareReloads = events(cluster, services - 1, bare, daemon);
                node.awaitRest();
                long reloads = daemon.state(Intent.Kind.ROUTES).reloads() - before;
                // The last of ours may have been told of after the burst, when nobody looked any more.
                for (; bareReloads < reloads; bareReloads++) {
                    bare.reload();
                    Thread.sleep(INTERVAL.toMillis());
                }
                long most = burst.toMillis() / INTERVAL.toMillis() + 1;
                bench.measure("reloads by " + EVENTS_PER_SECOND + " events/s for " + burst.toSeconds() + " s", reloads)
                        .atMost(most);
                bench.measure("failed requests on fresh connections meanwhile", fresh.errors())
                        .atMost(0);
                System.err.println("fresh requests " + fresh.requests() + ", kept " + kept.requests() + " of which "
                        + kept.errors() + " failed in " + reloads + " reloads; bare " + keptBare.requests() + ", "
                        + keptBare.errors() + " in " + bareReloads);
                // Each reload closes every idle connection once; whether its client notices in time is chance.
                bench.measure(
                                "failed requests on kept connections, for each reload",
                                (double) kept.errors() / Math.max(1, reloads),
                                (double) keptBare.errors() / Math.max(1, bareReloads))
                        .atMostTimes(1.1);
            }
        }
    }

    /** The bare nginx gets a signal whenever ours was reloaded, so that both reload as often. */
    private long events(ServicesDouble cluster, int services, BenchNode bare, Daemon daemon) throws Exception {
        long begun = System.nanoTime();
        long seen = daemon.state(Intent.Kind.ROUTES).reloads();
        long bareReloads = 0;
        for (int i = 0; i < burst.toSeconds() * EVENTS_PER_SECOND; i++) {
            cluster.move(i % services, "10.7." + i / 250 % 250 + "." + (i % 250 + 1));
            long now = daemon.state(Intent.Kind.ROUTES).reloads();
            if (now > seen) {
                seen = now;
                bare.reload();
                bareReloads++;
            }
            long next = begun + (i + 1) * 1_000_000_000L / EVENTS_PER_SECOND;
            long wait = (next - System.nanoTime()) / 1_000_000;
            if (wait > 0) {
                Thread.sleep(wait);
            }
        }
        return bareReloads;
    }
}
