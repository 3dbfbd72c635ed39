package io.jenkins.plugins.shera.monitoring.agent.bench;

import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.monitoring.agent.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.agent.http.ThresholdServer;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.rules.PrometheusRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.monitoring.rules.RuleTarget;
import io.jenkins.plugins.shera.monitoring.rules.ServedRules;
import io.jenkins.plugins.shera.monitoring.served.ThresholdDaemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * 10,000 thresholds of 100 tenants in a real Prometheus, one of which moves: beside thresholds that the daemon serves stand as many rules
 * of their own, which a reload brings into force. An edit counts as effective when the alert it calls for fires.
 */
final class RulesBench {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int SERVED_EDITS = 12;
    private static final int FILE_EDITS = 6;
    private static final int QUIET_ROUNDS = 4;
    private static final int TOGETHER = 10;
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String JOB = "shera-thresholds";

    private final Bench bench = new Bench();
    private final Path folder;

    private RulesBench(Path folder) {
        this.folder = folder;
    }

    /** With {@code alone} ours without the peer, for a machine that has no minutes for it; needs prometheus and promtool. */
    public static void main(String[] arguments) throws Exception {
        RulesBench rules = new RulesBench(Files.createTempDirectory("shera-bench-rules"));
        boolean alone = List.of(arguments).contains("alone");
        rules.served(alone ? Double.NaN : rules.files());
        rules.bench.exit();
    }

    /** What edits took, in seconds, and the evaluations that groups they do not touch missed meanwhile. */
    private record Edits(double[] took, long missed) {
        double slowest() {
            return Arrays.stream(took).max().orElse(Double.NaN);
        }
    }

    /** A rule for each threshold, as most tools do it. */
    private double files() throws Exception {
        System.err.println("bench: " + Load.THRESHOLDS + " rules in " + Load.TENANTS + " files");
        try (RealPrometheus prometheus =
                RealPrometheus.startEvery(Files.createDirectories(folder.resolve("files")), "", INTERVAL)) {
            prometheus.serve(Load.page());
            RuleTarget target = new PrometheusRules(prometheus.rules(), RealPrometheus.promtool(), client(prometheus));
            begin(target);
            Edits edits = edit(prometheus, target, FILE_EDITS, Load.LADDER, true);
            bench.measure(
                            of("a rule for each, reloaded: one edit until it fires, the slowest of " + FILE_EDITS
                                    + " (s)"),
                            edits.slowest())
                    .toTell();
            bench.measure(of("the same, evaluations of untouched groups missed"), edits.missed())
                    .atMost(0);
            return edits.slowest();
        }
    }

    private void served(double slowest) throws Exception {
        System.err.println("bench: " + Load.THRESHOLDS + " served thresholds");
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        try (ThresholdServer daemon = ThresholdServer.start(new ThresholdSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        null,
                        null,
                        folder.resolve("thresholds"),
                        token,
                        null));
                RealPrometheus prometheus = RealPrometheus.startEvery(
                        Files.createDirectories(folder.resolve("served")),
                        "127.0.0.1:" + daemon.address().getPort(),
                        INTERVAL)) {
            prometheus.serve(Load.page());
            RuleTarget target = new ServedRules(
                    new PrometheusRules(prometheus.rules(), RealPrometheus.promtool(), client(prometheus)),
                    new ThresholdDaemon(
                            URI.create("http://127.0.0.1:" + daemon.address().getPort()), null, TOKEN),
                    client(prometheus),
                    JOB);
            begin(target);
            Edits edits = edit(prometheus, target, SERVED_EDITS, Load.LADDER, false);
            double goal = 2 * INTERVAL.toSeconds() + 1;
            bench.measure(
                            of("served: one edit until it fires, the slowest of " + SERVED_EDITS + " (s)"),
                            edits.slowest(),
                            slowest)
                    .atMost(goal);
            bench.measure(of("the same, evaluations of any group missed"), edits.missed())
                    .atMost(0);
            Edits own = edit(prometheus, target, FILE_EDITS, Load.OWN, true);
            bench.measure(
                            of("served but for own metrics: one edit of such until it fires, the slowest of "
                                    + FILE_EDITS + " (s)"),
                            own.slowest(),
                            slowest)
                    .atMost(goal);
            bench.measure(of("the same, evaluations of untouched groups missed"), own.missed())
                    .atMost(0);
        }
    }

    /** All thresholds, ten tenants at a time. */
    private static void begin(RuleTarget target) throws IOException, InterruptedException {
        for (int i = 0; i < Load.TENANTS; i += TOGETHER) {
            target.apply(Load.everybody().subList(i, i + TOGETHER));
        }
    }

    /** One that waits for a machine that is busy with 10,000 rules. */
    private static PrometheusClient client(RealPrometheus prometheus) {
        return new PrometheusClient(prometheus.url(), "", Duration.ofMinutes(1));
    }

    private static String of(String what) {
        return "10,000 thresholds, scraped and evaluated every 5 s, " + what;
    }

    /** Moves a threshold of one tenant after the other below what is measured, where it stays. */
    private static Edits edit(RealPrometheus prometheus, RuleTarget target, int count, String metric, boolean reloads)
            throws IOException, InterruptedException {
        Set<String> touched = new TreeSet<>();
        double[] took = new double[count];
        try (Evaluations evaluations = Evaluations.watch(prometheus.url(), INTERVAL)) {
            TimeUnit.MILLISECONDS.sleep(QUIET_ROUNDS * INTERVAL.toMillis());
            for (int i = 0; i < count; i++) {
                String tenant = Load.tenant(reloads ? 50 + i : i);
                if (reloads) {
                    touched.add(RuleFile.groupName(tenant));
                }
                RuleFile after = Load.of(tenant, metric);
                Firing firing = Firing.await(client(prometheus), tenant, metric);
                target.apply(List.of(after));
                took[i] = firing.seconds();
                System.err.printf("bench: %s of %s fires after %.2f s%n", metric, tenant, took[i]);
                // So that edits fall into every part of an interval.
                TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis() * (i % 5) / 5);
            }
            TimeUnit.MILLISECONDS.sleep(QUIET_ROUNDS * INTERVAL.toMillis());
            if (evaluations.groups().size() < Load.TENANTS) {
                throw new IllegalStateException("Prometheus evaluates " + evaluations.groups() + " alone");
            }
            return new Edits(took, evaluations.missed(touched));
        }
    }
}
