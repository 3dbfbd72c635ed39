package io.jenkins.plugins.shera.monitoring.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.monitoring.alertmanager.NoticeBook;
import io.jenkins.plugins.shera.monitoring.config.AlertmanagerServer;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.latency.Latency;
import io.jenkins.plugins.shera.monitoring.prometheus.Intervals;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How long it takes at least from a breach to the first message about it, by what the servers are set to. */
public final class LatencyFacts {

    private LatencyFacts() {}

    /** One entry for each Prometheus that watches something of the tenant and answers: what passes beside the time a threshold has to last. */
    public static ArrayNode of(Tenant tenant, NoticeBook book) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Duration wait = groupWait(book);
        for (PrometheusServer server : MonitoringConfiguration.get().getPrometheusServers()) {
            if (!Watching.places(tenant).containsKey(server.getId())) {
                continue;
            }
            try {
                Intervals intervals = server.client().intervals();
                all.add(json(new Latency(intervals.scrape(), intervals.evaluation(), wait), Duration.ZERO)
                        .put("server", server.getId()));
            } catch (IOException | Refusal e) {
                // Whether it answers is said on the tab Alerts; here it only has nothing to say.
                continue;
            }
        }
        return all;
    }

    /** The least time and its parts, as people write times; {@code wait} is empty where nobody is told. */
    static ObjectNode json(Latency latency, Duration lasting) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("least", Figures.text(latency.atLeast(lasting)))
                .put("lasting", Figures.text(latency.whole(lasting)))
                .put("scrape", Figures.text(latency.scrape()))
                .put("evaluation", Figures.text(latency.evaluation()))
                .put("wait", latency.groupWait() == null ? "" : Figures.text(latency.groupWait()));
    }

    /** How long Alertmanager waits before the first message: as the tenant said, or as the quickest one is set; null where none answers. */
    static Duration groupWait(NoticeBook book) {
        List<Duration> waits = new ArrayList<>();
        for (AlertmanagerServer server : MonitoringConfiguration.get().getAlertmanagers()) {
            try {
                waits.add(server.client().groupWait());
            } catch (IOException | Refusal e) {
                // One that does not answer tells nobody.
                continue;
            }
        }
        String own = MonitoringConfiguration.get()
                .noticePolicy()
                .within(book)
                .timing()
                .groupWait();
        boolean said = !waits.isEmpty() && !own.isEmpty() && !book.routes().isEmpty();
        return said
                ? Figures.duration("groupWait", own)
                : waits.stream().min(Comparator.naturalOrder()).orElse(null);
    }
}
