package io.jenkins.plugins.shera.nginx.bench;

import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rendering, and nginx's own test of what was rendered; the peer is one upstream and one server for each service. */
final class NginxBench {
    private static final int RUNS = 5;
    private static final int MOST_HEAP = 64;
    private static final String HEAP = "heap";

    private NginxBench() {}

    /** Takes no arguments; needs an nginx on PATH. */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains(HEAP)) {
            heapHere();
            return;
        }
        Bench bench = new Bench();
        Path folder = Files.createTempDirectory("shera-bench-nginx");
        for (int services : List.of(1000, 10_000)) {
            RouteSet routes = routes(services, 0);
            double took =
                    Repeated.medianMillis(10, RUNS, () -> RouteFiles.render(routes, 8899, folder + "/weights/*.conf"));
            bench.measure("render " + services + " services (ms)", took).atMost(300);
            compare(bench, folder, services + " services", routes);
        }
        heap(bench);
        compare(bench, folder, "10000 services, 1000 of them with three members", routes(10_000, 10));
        bench.exit();
    }

    /** In a Java of its own that has no more than is allowed, routes included; one that needs more ends with an error. */
    private static void heap(Bench bench) throws Exception {
        Command.Result result = Command.run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + MOST_HEAP + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NginxBench.class.getName(),
                        HEAP),
                Path.of("").toAbsolutePath(),
                Duration.ofMinutes(2));
        if (!result.succeeded()) {
            System.err.println(result.output());
        }
        double used = result.succeeded() ? Double.parseDouble(result.output().strip()) : Double.POSITIVE_INFINITY;
        bench.measure("heap to render 10000 services, they included (MiB)", used)
                .atMost(MOST_HEAP);
    }

    private static void heapHere() throws InvalidRouteException {
        RouteSet routes = routes(10_000, 0);
        for (int i = 0; i < RUNS; i++) {
            RouteFiles.render(routes, 8899, "/w/*.conf");
        }
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.println(peak / (double) (1 << 20));
    }

    private static void compare(Bench bench, Path folder, String what, RouteSet routes) throws Exception {
        Path ours = folder.resolve("ours");
        write(ours, RouteFiles.render(routes, 8899, folder + "/weights/*.conf"));
        write(folder.resolve("weights"), WeightFiles.render(WeightSet.of(List.of())));
        Path naive = folder.resolve("naive");
        write(naive, Map.of("routes.conf", naive(routes).getBytes(StandardCharsets.UTF_8)));
        double[] our = new double[RUNS];
        double[] their = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            our[i] = test(folder, ours);
            their[i] = test(folder, naive);
        }
        bench.measure("nginx -t, " + what + " (ms)", Repeated.percentile(our, 50), Repeated.percentile(their, 50))
                .atMostTimes(1);
    }

    private static double test(Path folder, Path routes) throws Exception {
        Path main = folder.resolve("nginx.conf");
        Files.writeString(
                main,
                "pid " + folder + "/n.pid; error_log " + folder + "/e.log; events { worker_connections 32; } http {"
                        + " access_log off; server_names_hash_max_size 65536; server_names_hash_bucket_size 128;"
                        + " variables_hash_max_size 2048; include " + routes + "/*.conf; }");
        long start = System.nanoTime();
        Command.Result result = Command.run(
                List.of(RealNginx.binary().toString(), "-t", "-q", "-c", main.toString()),
                folder,
                Duration.ofMinutes(1));
        if (!result.succeeded()) {
            throw new IllegalStateException("nginx was to accept it: " + result.output());
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static String naive(RouteSet routes) {
        StringBuilder text = new StringBuilder();
        for (Route route : routes.routes()) {
            text.append("upstream ").append(route.owner().id()).append(" {\n");
            route.members().forEach(member -> text.append("    server ")
                    .append(member.authority())
                    .append(";\n"));
            text.append("    keepalive 16;\n}\nserver {\n    listen 18080;\n    server_name ")
                    .append(route.host())
                    .append(";\n    location / {\n        proxy_pass http://")
                    .append(route.owner().id())
                    .append(";\n        proxy_http_version 1.1;\n        proxy_set_header Connection \"\";\n")
                    .append("        proxy_set_header Host $host;\n        proxy_set_header X-Real-IP $remote_addr;\n")
                    .append("        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n")
                    .append("        proxy_set_header X-Forwarded-Proto $scheme;\n    }\n}\n");
        }
        return text.toString();
    }

    private static void write(Path folder, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Every {@code large}th with three members; none for 0. */
    private static RouteSet routes(int services, int large) throws InvalidRouteException {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < services; i++) {
            List<Member> members = new ArrayList<>();
            for (int m = 0; m < (large > 0 && i % large == 0 ? 3 : 1); m++) {
                members.add(Member.of("10." + m + "." + i / 250 + "." + (i % 250 + 1), 8080, 1));
            }
            routes.add(Route.of(
                    RouteOwner.of("tenant-" + i % 20, "service-" + i, "prod"),
                    "service-" + i + ".example.com",
                    18080,
                    "/",
                    members));
        }
        return RouteSet.of(routes);
    }
}
