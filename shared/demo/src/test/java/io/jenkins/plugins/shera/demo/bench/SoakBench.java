package io.jenkins.plugins.shera.demo.bench;

import io.jenkins.plugins.shera.bench.Bench;
import io.jenkins.plugins.shera.demo.examples.Examples;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The demo for hours: builds, canaries, nginx pushes and scripted terminals side by side, while Jenkins is killed and servers
 * stand still. Nothing may be lost, and in the second half, in which Jenkins is left alive, its heap, threads and files must not grow.
 *
 * <p>The first argument is how many minutes, 120 when there is none. Real parts are used where the machine has them; without the
 * cluster that {@code KUBECONFIG} names, what needs one is left out and said so.
 */
public final class SoakBench {
    /** Side by side; what is in one list runs one after another, for it shares an application or a cluster of nginx. */
    private static final List<List<String>> LANES = List.of(
            List.of("canary-with-analysis", "rollback"),
            List.of("nginx-staged-push", "debug-and-package"),
            List.of("quickstart", "sleep-and-wake", "deploy-manifests"));

    private SoakBench() {}

    /** Exits with 1 when something was lost or grew. */
    public static void main(String[] words) throws Exception {
        Duration length = Duration.ofMinutes(words.length == 0 ? 120 : Integer.parseInt(words[0]));
        Path project = Path.of(System.getProperty("shera.project", "../.."))
                .toAbsolutePath()
                .normalize();
        Path work = project.resolve("shared/demo/target/soak");
        try (DemoSite site = DemoSite.open(new Options(0, true, false, false, project, work))) {
            Map<String, Examples.Named> examples = prepared(site, project);
            SoakLedger ledger = new SoakLedger();
            JenkinsGrowth growth = run(site, examples, ledger, length);
            report(site, ledger, growth, length);
        }
    }

    private static Map<String, Examples.Named> prepared(DemoSite site, Path project) throws Exception {
        List<String> wanted = LANES.stream().flatMap(List::stream).toList();
        List<Examples.Named> chosen = new ArrayList<>();
        for (Examples.Named named : Examples.of(project)) {
            String missing = named.example().missing(site);
            if (wanted.contains(named.name()) && !missing.isEmpty()) {
                say("left out: " + named.name() + ": " + missing);
            } else if (wanted.contains(named.name())) {
                Examples.beforeJenkins(site, named);
                chosen.add(named);
            }
        }
        site.startJenkins();
        for (Examples.Named named : chosen) {
            named.example().prepare(site);
        }
        return chosen.stream().collect(Collectors.toMap(Examples.Named::name, named -> named));
    }

    private static JenkinsGrowth run(
            DemoSite site, Map<String, Examples.Named> examples, SoakLedger ledger, Duration length) throws Exception {
        long start = System.nanoTime();
        SoakJenkins jenkins = new SoakJenkins(site);
        List<SoakLane> lanes = new ArrayList<>();
        for (List<String> names : LANES) {
            List<Examples.Named> mine = names.stream()
                    .filter(examples::containsKey)
                    .map(examples::get)
                    .toList();
            if (!mine.isEmpty()) {
                lanes.add(SoakLane.start(jenkins, mine, ledger));
            }
        }
        SoakFaults faults = new SoakFaults(jenkins, ledger);
        JenkinsGrowth growth = new JenkinsGrowth();
        long half = start + length.toNanos() / 2;
        long warm = half + length.toNanos() / 10;
        long end = start + length.toNanos();
        long nextFault = start + length.toNanos() / 12;
        long nextSample = warm;
        while (System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(1);
            long now = System.nanoTime();
            if (now > nextFault) {
                faults.next(now < half);
                nextFault = now + length.toNanos() / 12;
            }
            if (now > nextSample) {
                growth.sample(site.jenkinsProcess(), ledger.ended());
                nextSample = now + length.toNanos() / 60;
            }
        }
        for (SoakLane lane : lanes) {
            lane.finish();
        }
        growth.sample(site.jenkinsProcess(), ledger.ended());
        return growth;
    }

    private static void report(DemoSite site, SoakLedger ledger, JenkinsGrowth growth, Duration length)
            throws Exception {
        ledger.tellFailures(SoakBench::say);
        String of = length.toMinutes() + " minutes with " + ledger.faults() + " faults: ";
        Bench bench = new Bench();
        bench.measure(of + "builds that ended (builds)", ledger.ended()).atLeast(1);
        bench.measure(of + "builds of which Jenkins knows nothing (builds)", ledger.lost())
                .atMost(0);
        bench.measure(of + "builds without a fault that failed (builds)", ledger.failed(false))
                .atMost(0);
        bench.measure(of + "builds in a fault that failed (builds)", ledger.failed(true))
                .atMost(0);
        bench.measure(of + "canaries left behind in the cluster", SoakCluster.canaries(site))
                .atMost(0);
        bench.measure(
                        "heap of Jenkins after a collection, last quarter to first (MB)",
                        growth.lastHeap(),
                        growth.firstHeap())
                .atMostTimes(1.15);
        bench.measure("threads of Jenkins, last quarter to first", growth.lastThreads(), growth.firstThreads())
                .atMostTimes(1.15);
        bench.measure("open files of Jenkins, last quarter to first", growth.lastFiles(), growth.firstFiles())
                .atMostTimes(1.15);
        site.close();
        bench.exit();
    }

    static void say(String line) {
        System.err.println("soak: " + line);
    }
}
