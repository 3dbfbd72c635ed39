package io.jenkins.plugins.shera.deploy.bench;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.bench.Repeated;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.rollout.Releases;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.fixtures.JenkinsSessionFixture;

/**
 * Many canaries at once, each of five pauses, in the harness' Jenkins against an API double with watches; begun evenly over the length
 * of one pause, as they would be over a day. Some are aborted while all others go on. Where KUBECONFIG names a cluster, the same with as many
 * as its node has room for, and {@code deployApplication} beside {@code kubectl}.
 */
final class CanaryBench {

    private static final int STEPS = 5;
    private static final int NAMESPACES = 20;
    private static final int ABORTED = 20;

    private final Bench bench;
    private final int canaries;
    private final int seconds;

    private CanaryBench(Bench bench, int canaries, int seconds) {
        this.bench = bench;
        this.canaries = canaries;
        this.seconds = seconds;
    }

    /** {@code [canaries [seconds of each pause]]}, 1000 of 120 when left out; shorter pauses mean more work in each second, never less. */
    public static void main(String[] arguments) throws Throwable {
        int canaries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 120;
        Logger.getLogger("io.jenkins.plugins.shera").setLevel(Level.WARNING);
        Bench bench = new Bench();
        JenkinsSessionFixture jenkins = new JenkinsSessionFixture();
        jenkins.setUp("CanaryBench", "main");
        try (DoubleProcess api = new DoubleProcess()) {
            jenkins.then(rule -> {
                try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                    new CanaryBench(bench, canaries, seconds).many(rule, api);
                }
            });
        } finally {
            jenkins.tearDown();
        }
        RealClusterBench.run(bench);
        bench.exit();
    }

    private static String namespace(int index) {
        return "team-" + index % NAMESPACES;
    }

    private void configure(JenkinsRule rule, DoubleProcess api) throws Exception {
        rule.createProject(Folder.class, "retail");
        KubernetesCluster cluster = new KubernetesCluster("double");
        cluster.setServer(api.address());
        cluster.setInsecure(true);
        cluster.setImpersonation(true);
        Tenant tenant = new Tenant("retail");
        tenant.setFolder("retail");
        tenant.setClusters(List.of("double"));
        List<TenantNamespace> namespaces = new ArrayList<>();
        for (int i = 0; i < NAMESPACES; i++) {
            namespaces.add(new TenantNamespace("double", namespace(i)));
        }
        tenant.setNamespaces(namespaces);
        List<Application> applications = new ArrayList<>();
        for (int i = 0; i < canaries; i++) {
            Application application = new Application("retail", "shop-" + i);
            application.setEnvironments(List.of(new Environment("prod", "double", namespace(i))));
            applications.add(application);
            api.deploy(namespace(i), "shop-" + i, 3);
        }
        SheraConfiguration.get().setClusters(List.of(cluster));
        SheraConfiguration.get().setTenants(List.of(tenant));
        SheraConfiguration.get().setApplications(applications);
    }

    private static Subject subject(int index) {
        return new Subject("retail", "shop-" + index, "prod", "double", namespace(index));
    }

    static List<PlanStep> steps(int seconds) {
        List<PlanStep> steps = new ArrayList<>();
        for (int i = 1; i <= STEPS; i++) {
            steps.add(new PlanStep.SetWeight(i * 10));
            steps.add(new PlanStep.Pause(seconds));
        }
        return steps;
    }

    private void many(JenkinsRule rule, DoubleProcess api) throws Exception {
        configure(rule, api);
        say(canaries + " applications are deployed; beginning their canaries over " + seconds + " s");
        List<PlanStep> steps = steps(seconds);
        long start = System.nanoTime();
        for (int i = 0; i < canaries; i++) {
            long due = start + i * seconds * 1_000_000_000L / canaries;
            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
            Releases.begin(subject(i), "shop:2", "2", steps);
        }
        JsonNode before = api.told("stats");
        long from = System.nanoTime();
        double cpu = cpuSeconds();
        say("all have begun in " + (from - start) / 1_000_000_000 + " s, with " + before.path("requests")
                + " requests");
        Thread.sleep(seconds * 1000L * (STEPS - 3));
        double heap = heap();
        double requests = rate(before, api.told("stats"), from);
        double used = (cpuSeconds() - cpu) / ((System.nanoTime() - from) / 1e9);
        double[] aborts = abortSome(api);
        while (Releases.underWay() > 0) {
            Thread.sleep(1000);
        }
        double[] late = Lateness.of(api.told("moves"), seconds * 1000L);
        String what = canaries + " canaries of " + STEPS + " steps of " + seconds + " s: ";
        say(late.length + " pauses, p50 " + Repeated.percentile(late, 50) + " s, worst "
                + Repeated.percentile(late, 100) + " s; threads at the end " + Thread.activeCount() + ", " + used
                + " cores");
        bench.measure(what + "step lateness p99 (s)", Repeated.percentile(late, 99))
                .atMost(2);
        bench.measure(what + "heap of the whole Jenkins after a collection (MB)", heap)
                .atMost(256);
        bench.measure(what + "API requests, changes of steps included (1/s)", requests)
                .atMost(40);
        bench.measure(
                        what + "abort until weight 0, the slowest of " + aborts.length + " (ticks of 1 s)",
                        Repeated.percentile(aborts, 100))
                .atMost(2);
    }

    private static double cpuSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    private static double heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    private static double rate(JsonNode before, JsonNode after, long from) {
        say("since then "
                + (after.path("requests").asLong() - before.path("requests").asLong()) + " requests, "
                + (after.path("writes").asLong() - before.path("writes").asLong()) + " of them changes: "
                + kinds(before.path("kinds"), after.path("kinds")));
        return (after.path("requests").asLong() - before.path("requests").asLong())
                / ((System.nanoTime() - from) / 1e9);
    }

    /** How many of each kind, the most first. */
    private static String kinds(JsonNode before, JsonNode after) {
        return after.properties().stream()
                .map(each -> Map.entry(
                        each.getKey(),
                        each.getValue().asLong() - before.path(each.getKey()).asLong()))
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Seconds until the Service of each selects stable pods alone. */
    private double[] abortSome(DoubleProcess api) throws Exception {
        int many = Math.min(ABORTED, canaries / 2);
        long[] told = new long[many];
        for (int i = 0; i < many; i++) {
            told[i] = System.currentTimeMillis();
            Releases.abort(subject(i));
        }
        Thread.sleep(10_000);
        JsonNode moves = api.told("moves");
        double[] took = new double[many];
        for (int i = 0; i < many; i++) {
            took[i] = Moves.untilNoWeight(moves, "shop-" + i, told[i]);
        }
        return took;
    }

    static void say(String line) {
        System.err.println("bench canary: " + line);
    }
}
