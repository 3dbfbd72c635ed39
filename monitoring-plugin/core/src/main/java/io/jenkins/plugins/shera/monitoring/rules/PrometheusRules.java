package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusException;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules of one Prometheus server on this machine. Its configuration names {@code <folder>/current/*.yml} among its rule files;
 * what promtool refuses never lies there, and what Prometheus refuses is taken back.
 */
public final class PrometheusRules implements RuleTarget {

    private static final Duration PROOF_LIMIT = Duration.ofSeconds(30);

    /** Another change takes its proof, and a reload of thousands of rules before it. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ReleaseFolder folder;
    private final Promtool promtool;
    private final PrometheusClient prometheus;

    /** Nothing is done yet. */
    public PrometheusRules(Path folder, Path promtool, PrometheusClient prometheus) {
        this.folder = new ReleaseFolder(folder);
        this.promtool = new Promtool(promtool);
        this.prometheus = prometheus;
    }

    /**
     * Puts a tenant's rules in force beside those of the others, and gives the generation they are in force with.
     *
     * @throws Rollover.RefusedException when promtool or Prometheus refused them; what was in force is in force again
     */
    public long push(RuleFile rules) throws IOException, InterruptedException {
        return push(List.of(rules));
    }

    /** The same for several tenants with one reload: all of them are in force then, or everything is as it was. */
    public long push(List<RuleFile> rules) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock lock = folder.lock(PATIENCE)) {
            return new Rollover(folder, new Service(rules))
                    .apply(lock, with(rules))
                    .generation();
        }
    }

    @Override
    public void apply(List<RuleFile> rules) throws IOException, InterruptedException {
        push(rules);
    }

    @Override
    public void check(RuleFile rules) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock lock = folder.lock(PATIENCE)) {
            Release candidate = folder.stage(lock, with(List.of(rules)));
            try {
                new Service(List.of(rules)).test(candidate);
            } finally {
                folder.discard(lock, candidate);
            }
        }
    }

    @Override
    public List<AlertRule> stored(String tenant) throws IOException {
        byte[] file = folder.currentFiles().get(RuleFile.fileName(tenant));
        return file == null ? List.of() : RuleReader.read(tenant, file).rules();
    }

    @Override
    public Set<String> tenants() throws IOException {
        Set<String> tenants = new TreeSet<>();
        for (String name : folder.currentFiles().keySet()) {
            RuleFile.tenantOf(name).ifPresent(tenants::add);
        }
        return tenants;
    }

    private Map<String, byte[]> with(List<RuleFile> rules) throws IOException {
        Map<String, byte[]> files = new TreeMap<>(folder.currentFiles());
        for (RuleFile each : rules) {
            if (each.rules().isEmpty()) {
                files.remove(RuleFile.fileName(each.tenant()));
            } else {
                files.put(RuleFile.fileName(each.tenant()), each.render());
            }
        }
        return files;
    }

    private final class Service implements Rollover.Service {
        private final List<RuleFile> rules;

        Service(List<RuleFile> rules) {
            this.rules = rules;
        }

        @Override
        public void test(Release candidate) throws IOException, InterruptedException {
            promtool.check(candidate.folder(), rules);
        }

        @Override
        public void reload() throws IOException {
            try {
                prometheus.reload();
            } catch (PrometheusException e) {
                throw e.isRefused() ? new Rollover.RefusedException(e.getMessage()) : e;
            }
        }

        @Override
        public void prove(Release current) throws IOException, InterruptedException {
            new RuleProof(prometheus, PROOF_LIMIT)
                    .await(
                            rules,
                            "Prometheus reloaded",
                            "Check that rule_files of its configuration names " + folder.currentLink() + "/*.yml.");
        }
    }

    static Set<String> marks(RuleFile rules) {
        Set<String> marks = new HashSet<>();
        rules.rules().forEach(rule -> marks.add(rule.mark()));
        return marks;
    }

    /** The marks of the rules that Prometheus evaluates in a group. */
    static Set<String> marks(JsonNode rules, String group) {
        Set<String> marks = new HashSet<>();
        for (JsonNode each : rules.path("groups")) {
            if (each.path("name").asText().equals(group)) {
                for (JsonNode rule : each.path("rules")) {
                    String mark = rule.path("annotations").path(AlertRule.MARK).asText();
                    if (!mark.isEmpty()) {
                        marks.add(mark);
                    }
                }
            }
        }
        return marks;
    }

    /** Whether the rules of one application in one environment that Prometheus evaluates are just these. */
    public static boolean isInForce(JsonNode inForce, AlertRule.Owner owner, List<AlertRule> wanted) {
        Set<String> found = new HashSet<>();
        for (JsonNode group : inForce.path("groups")) {
            if (group.path("name").asText().equals(RuleFile.groupName(owner.tenant()))) {
                for (JsonNode rule : group.path("rules")) {
                    JsonNode labels = rule.path("labels");
                    if (labels.path("application").asText().equals(owner.application())
                            && labels.path("environment").asText().equals(owner.environment())) {
                        found.add(rule.path("annotations").path(AlertRule.MARK).asText());
                    }
                }
            }
        }
        return found.equals(marks(new RuleFile(owner.tenant(), wanted)));
    }

    /** Whether what Prometheus evaluates for a tenant is just what these rules say. */
    public static boolean isInForce(PrometheusClient prometheus, RuleFile rules) throws IOException {
        return marks(prometheus.rules(), RuleFile.groupName(rules.tenant())).equals(marks(rules));
    }
}
