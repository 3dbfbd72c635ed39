package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusException;
import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The rules of one Prometheus server on this machine. Its configuration names {@code <folder>/current/*.yml} among its rule files;
 * what promtool refuses never lies there, and what Prometheus refuses is taken back.
 */
public final class PrometheusRules {

    private static final Duration CHECK_LIMIT = Duration.ofSeconds(60);
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final ReleaseFolder folder;
    private final Path promtool;
    private final PrometheusClient prometheus;

    /** Nothing is done yet. */
    public PrometheusRules(Path folder, Path promtool, PrometheusClient prometheus) {
        this.folder = new ReleaseFolder(folder);
        this.promtool = promtool;
        this.prometheus = prometheus;
    }

    /**
     * Puts a tenant's rules in force beside those of the others, and gives the generation they are in force with.
     *
     * @throws Rollover.RefusedException when promtool or Prometheus refused them; what was in force is in force again
     */
    public long push(RuleFile rules) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock lock = folder.lock()) {
            Map<String, byte[]> files = new TreeMap<>(folder.currentFiles());
            String name = RuleFile.fileName(rules.tenant());
            if (rules.rules().isEmpty()) {
                files.remove(name);
            } else {
                files.put(name, rules.render());
            }
            return new Rollover(folder, new Service(rules)).apply(lock, files).generation();
        }
    }

    private final class Service implements Rollover.Service {
        private final RuleFile rules;

        Service(RuleFile rules) {
            this.rules = rules;
        }

        @Override
        public void test(Release candidate) throws IOException, InterruptedException {
            List<String> argv = new ArrayList<>(List.of(promtool.toString(), "check", "rules"));
            Path file = candidate.folder().resolve(RuleFile.fileName(rules.tenant()));
            if (!Files.exists(file)) {
                return;
            }
            argv.add(file.toString());
            Command.Result result = Command.run(argv, candidate.folder(), CHECK_LIMIT);
            if (!result.succeeded()) {
                throw new Rollover.RefusedException("promtool refused the rules of " + rules.tenant() + ": "
                        + result.output().replace(candidate.folder() + "/", "").strip());
            }
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
            long deadline = System.nanoTime() + PROOF_LIMIT.toNanos();
            Set<String> wanted = new HashSet<>();
            rules.rules().forEach(rule -> wanted.add(rule.mark()));
            Set<String> found = inForce();
            while (!found.equals(wanted)) {
                if (System.nanoTime() > deadline) {
                    throw new Rollover.RefusedException("Prometheus reloaded, but does not evaluate the rules of "
                            + rules.tenant() + ": " + found.size() + " of " + wanted.size()
                            + " are in force. Check that rule_files of its configuration names "
                            + folder.currentLink() + "/*.yml.");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
                found = inForce();
            }
        }

        private Set<String> inForce() throws IOException {
            return marks(prometheus.rules(), RuleFile.groupName(rules.tenant()));
        }
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

    /** Whether what Prometheus evaluates for a tenant is just what these rules say. */
    public static boolean isInForce(PrometheusClient prometheus, RuleFile rules) throws IOException {
        Set<String> wanted = new HashSet<>();
        rules.rules().forEach(rule -> wanted.add(rule.mark()));
        return marks(prometheus.rules(), RuleFile.groupName(rules.tenant())).equals(wanted);
    }
}
