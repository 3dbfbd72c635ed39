package io.jenkins.plugins.shera.monitoring.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.latency.Latency;
import io.jenkins.plugins.shera.monitoring.prometheus.Intervals;
import io.jenkins.plugins.shera.monitoring.prometheus.Probe;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.PrometheusRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.monitoring.rules.ServedRules;
import io.jenkins.plugins.shera.monitoring.rules.TenantRules;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.Level;
import io.jenkins.plugins.shera.monitoring.thresholds.Measure;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.monitoring.thresholds.ThresholdBook;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which thresholds hold for an application, where each was set, by what it is measured, and whether Prometheus has them. */
public final class ThresholdFacts {

    private ThresholdFacts() {}

    /**
     * As JSON for pages and REST.
     *
     * @param environment null for what holds in all environments, which no server is asked about
     */
    public static ObjectNode of(Tenant tenant, Application application, Environment environment) throws IOException {
        ThresholdBook book = ThresholdDesk.book(tenant.getId());
        ThresholdBook platform = MonitoringConfiguration.get().platformBook();
        String name = environment == null ? "" : environment.getName();
        List<Effective> effective = book.effective(platform, application.getName(), name);
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("version", book.version());
        facts.put("environment", name);
        Seen seen = state(facts, tenant, application, environment, book, platform);
        Probe probe = seen == null ? null : seen.probe();
        Duration wait = seen == null || seen.intervals() == null
                ? null
                : LatencyFacts.groupWait(NoticeDesk.book(tenant.getId()));
        Level own = environment == null ? Level.APPLICATION : Level.ENVIRONMENT;
        ArrayNode all = facts.putArray("thresholds");
        for (Effective each : effective) {
            ObjectNode threshold = put(all.addObject(), each);
            threshold.put("own", each.level() == own);
            Measure measure = probe == null ? null : TenantRules.measure(each.threshold(), probe);
            threshold.put("series", measure == null ? "" : measure.series());
            threshold.put("exporter", measure == null ? "" : measure.exporter());
            threshold.put(
                    "measured",
                    measure != null && probe.choose(List.of(measure)).isPresent());
            if (measure != null && seen.intervals() != null && !each.threshold().off()) {
                Latency latency = new Latency(
                        probe.scrape(measure, seen.intervals()),
                        seen.intervals().evaluation(),
                        wait);
                threshold.set(
                        "floor", LatencyFacts.json(latency, each.threshold().lasting()));
            }
            ArrayNode overrides = threshold.putArray("overrides");
            each.overrides().forEach(below -> put(overrides.addObject(), below));
        }
        return facts;
    }

    /** A threshold as people would write it. */
    private static ObjectNode put(ObjectNode to, Effective effective) {
        Threshold threshold = effective.threshold();
        Metric.Unit unit = Metric.of(threshold.metric()).map(Metric::unit).orElse(Metric.Unit.COUNT);
        return to.put("metric", threshold.metric())
                .put("unit", unit.name().toLowerCase(Locale.ROOT))
                .put("warning", Figures.text(threshold.warning(), unit))
                .put("critical", Figures.text(threshold.critical(), unit))
                .put("for", Figures.text(threshold.lasting()))
                .put("below", threshold.below())
                .put("off", threshold.off())
                .put("runbookUrl", threshold.runbook())
                .put("level", effective.level().text());
    }

    /** What a Prometheus has of an environment, and how often it looks; null where it does not say. */
    private record Seen(Probe probe, Intervals intervals) {}

    private static Intervals intervals(PrometheusClient client) {
        try {
            return client.intervals();
        } catch (IOException e) {
            // It answers otherwise: some let nobody read their configuration.
            return null;
        }
    }

    private static Seen state(
            ObjectNode facts,
            Tenant tenant,
            Application application,
            Environment environment,
            ThresholdBook book,
            ThresholdBook platform) {
        Optional<PrometheusServer> server =
                environment == null ? Optional.empty() : Watching.serverOf(tenant, environment);
        facts.put("server", server.map(PrometheusServer::getId).orElse(""));
        if (server.isEmpty()) {
            facts.put("rules", environment == null ? "" : "unwatched");
            return null;
        }
        try {
            PrometheusClient client = server.get().client();
            Probe probe = Probe.of(client, environment.getNamespace());
            TenantRules.Place place = Watching.place(tenant, application, environment, server.get());
            List<AlertRule> wanted = TenantRules.rules(place, book, platform, probe);
            boolean same = server.get().hasDaemon()
                    ? ServedRules.isInForce(client, server.get().getThresholdsJob(), place.owner(), wanted)
                    : PrometheusRules.isInForce(
                            client.rules(RuleFile.groupName(tenant.getId())), place.owner(), wanted);
            facts.put("rules", same ? "inForce" : "different");
            return new Seen(probe, intervals(client));
        } catch (IOException | Refusal e) {
            // Its words may name what is not this reader's.
            facts.put("rules", "unreachable");
            return null;
        }
    }
}
