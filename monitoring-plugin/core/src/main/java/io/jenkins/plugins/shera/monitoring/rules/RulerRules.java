package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusException;
import io.jenkins.plugins.shera.monitoring.prometheus.RulerClient;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules of one Mimir or Cortex, in a namespace of its ruler that nobody else writes; each tenant has a group there. */
public final class RulerRules implements RuleTarget {

    /** A ruler reads its rules again once a minute unless it is told otherwise. */
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(150);

    private final RulerClient ruler;
    private final Promtool promtool;
    private final RuleProof proof;

    /** Nothing is done yet. */
    public RulerRules(RulerClient ruler, Path promtool, PrometheusClient server) {
        this(ruler, promtool, server, PROOF_LIMIT);
    }

    RulerRules(RulerClient ruler, Path promtool, PrometheusClient server, Duration limit) {
        this.ruler = ruler;
        this.promtool = new Promtool(promtool);
        this.proof = new RuleProof(server, limit);
    }

    @Override
    public void apply(List<RuleFile> rules) throws IOException, InterruptedException {
        promtool.check(rules);
        byte[] all = ruler.groups();
        List<RuleFile> before = new ArrayList<>();
        for (RuleFile each : rules) {
            before.add(read(all, each.tenant()));
        }
        int sent = 0;
        try {
            for (RuleFile each : rules) {
                sent++;
                send(each);
            }
            proof.await(rules, "The ruler took them", "See in its log why its ruler did not load them.");
        } catch (PrometheusException e) {
            putBack(before.subList(0, sent), e);
            throw e.isRefused() ? new Rollover.RefusedException(e.getMessage()) : e;
        } catch (IOException | InterruptedException | RuntimeException e) {
            putBack(before.subList(0, sent), e);
            throw e;
        }
    }

    private void send(RuleFile rules) throws IOException {
        if (rules.rules().isEmpty()) {
            ruler.delete(RuleFile.groupName(rules.tenant()));
        } else {
            ruler.put(rules.renderGroup());
        }
    }

    private void putBack(List<RuleFile> before, Exception first) {
        for (RuleFile each : before) {
            try {
                send(each);
            } catch (IOException e) {
                // The first failure tells what is wrong; that the way back failed too must not hide it.
                first.addSuppressed(e);
            }
        }
    }

    @Override
    public void check(RuleFile rules) throws IOException, InterruptedException {
        promtool.check(List.of(rules));
    }

    @Override
    public List<AlertRule> stored(String tenant) throws IOException {
        return read(ruler.groups(), tenant).rules();
    }

    private RuleFile read(byte[] groups, String tenant) throws IOException {
        return RuleReader.read(tenant, groups, ruler.namespace());
    }

    @Override
    public Set<String> tenants() throws IOException {
        Set<String> tenants = new TreeSet<>();
        for (String group : RuleReader.groups(ruler.groups(), ruler.namespace())) {
            RuleFile.ofGroup(group).ifPresent(tenants::add);
        }
        return tenants;
    }
}
