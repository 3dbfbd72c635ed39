package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.monitoring.prometheus.Probe;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.monitoring.thresholds.ThresholdBook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of one tenant on all Prometheus servers that watch it: they change on every one of them, or on none. */
public final class TenantRules {

    private TenantRules() {}

    /** A server with what it is changed through; {@code id} is for people. */
    public record Server(String id, PrometheusClient client, RuleTarget rules) {}

    /**
     * An environment of an application that a server watches.
     *
     * @param shared whether the server has series of others with the same name of the namespace, so that it needs rules of its own
     */
    public record Place(AlertRule.Owner owner, String namespace, boolean shared) {}

    /** What a change of thresholds makes of the rules on one server. */
    public record Push(Server server, RuleFile before, RuleFile after) {

        /** Rules that come, go or change. */
        public List<RuleChange> changes() {
            return RuleChange.between(before.rules(), after.rules());
        }
    }

    /**
     * Plans for one server from the rules that lie there now. Asks it which series each namespace has; a metric it has no series
     * for is taken by its best one.
     */
    public static Push plan(
            String tenant, Server server, List<Place> places, ThresholdBook platform, ThresholdBook book)
            throws IOException {
        Map<String, Probe> probes = new HashMap<>();
        List<AlertRule> wanted = new ArrayList<>();
        for (Place place : places) {
            Probe probe = probes.get(place.namespace());
            if (probe == null) {
                probe = Probe.of(server.client(), place.namespace());
                probes.put(place.namespace(), probe);
            }
            wanted.addAll(rules(place, book, platform, probe));
        }
        return new Push(server, new RuleFile(tenant, server.rules().stored(tenant)), new RuleFile(tenant, wanted));
    }

    /** The rules of one application in one environment. */
    public static List<AlertRule> rules(Place place, ThresholdBook book, ThresholdBook platform, Probe probe) {
        AlertRule.Owner owner = place.owner();
        List<AlertRule> rules = RuleFile.rulesOf(
                owner,
                place.namespace(),
                book.effective(platform, owner.application(), owner.environment()),
                threshold -> measure(threshold, probe));
        return place.shared() ? rules.stream().map(AlertRule::inFile).toList() : rules;
    }

    /** By what a threshold is measured there: the best series that exists, or the best of all where there is none yet. */
    public static Measure measure(Threshold threshold, Probe probe) {
        List<Measure> measures = threshold.measures();
        return probe.choose(measures).orElse(measures.get(0));
    }

    /**
     * Puts the new rules in force on one server after the other. Where one fails, those before it get their old rules back.
     *
     * @throws IOException says which server refused and why, and which one could not be put back
     */
    public static void apply(List<Push> pushes) throws IOException, InterruptedException {
        List<Push> done = new ArrayList<>();
        for (Push push : pushes) {
            try {
                push.server().rules().apply(List.of(push.after()));
                done.add(push);
            } catch (IOException e) {
                String lost = putBack(done);
                throw new IOException("Prometheus " + push.server().id() + ": " + e.getMessage() + lost, e);
            }
        }
    }

    private static String putBack(List<Push> done) throws InterruptedException {
        StringBuilder lost = new StringBuilder();
        for (Push push : done) {
            try {
                push.server().rules().apply(List.of(push.before()));
            } catch (IOException e) {
                lost.append(" Prometheus ")
                        .append(push.server().id())
                        .append(" has the new rules and could not be given the old ones: ")
                        .append(e.getMessage());
            }
        }
        return lost.toString();
    }
}
