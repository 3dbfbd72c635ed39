package io.jenkins.plugins.shera.monitoring.agent.bench;

import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Level;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * 100 tenants of 25 applications, each with limits on four metrics far above what is measured; one of each tenant's is on a metric of its
 * own, which no ladder has.
 */
final class Load {

    static final int TENANTS = 100;
    static final int THRESHOLDS = 10_000;
    static final String LADDER = "threads";
    static final String OWN = "queue_depth";

    private static final int APPLICATIONS = 25;
    private static final double MEASURED = 50;
    private static final List<String> METRICS = List.of(LADDER, "sockets", "files", "memory");
    private static final List<String> SERIES = List.of(
            "container_threads",
            "container_sockets",
            "container_file_descriptors",
            "container_memory_working_set_bytes",
            OWN);

    private Load() {}

    static String tenant(int number) {
        return "tenant-" + number % TENANTS;
    }

    private static String application(int number) {
        return "app-" + number;
    }

    /** What is scraped of all of them. */
    static String page() {
        StringBuilder page = new StringBuilder();
        for (String series : SERIES) {
            for (int i = 0; i < TENANTS * APPLICATIONS; i++) {
                String application = application(i % APPLICATIONS);
                page.append(series).append("{namespace=\"").append(tenant(i / APPLICATIONS));
                page.append("\",pod=\"").append(application).append("-1a-b2\",container=\"");
                page.append(application).append("\"} ").append(MEASURED).append('\n');
            }
        }
        return page.toString();
    }

    static List<RuleFile> everybody() {
        return IntStream.range(0, TENANTS).mapToObj(i -> of(tenant(i), "")).toList();
    }

    /** All thresholds of a tenant; those on the metric {@code beyond} of its first application are below what is measured. */
    static RuleFile of(String tenant, String beyond) {
        List<AlertRule> rules = new ArrayList<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            for (String each : METRICS) {
                String metric = i == 0 && each.equals("memory") ? OWN : each;
                boolean fires = i == 0 && metric.equals(beyond);
                Threshold threshold =
                        new Threshold(metric, fires ? MEASURED / 2 : MEASURED * 2, null, Duration.ZERO, false, false);
                rules.addAll(RuleFile.rulesOf(
                        new AlertRule.Owner(tenant, application(i), "prod"),
                        tenant,
                        List.of(new Effective(threshold, Level.TENANT, List.of())),
                        one -> one.measures().get(0)));
            }
        }
        return new RuleFile(tenant, rules);
    }
}
