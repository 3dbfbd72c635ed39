package io.jenkins.plugins.shera.nginx.drift;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Reading;
import io.jenkins.plugins.shera.platform.meters.Total;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How many nodes of each nginx cluster are not as they were left, as the watch saw them last. */
@Extension
public final class DriftMeters extends MeterSource {
    private static final String HELP = "Nodes of an nginx cluster that were changed by hand, or could not be read.";

    @Override
    public List<Reading> readings() {
        List<Reading> all = new ArrayList<>();
        for (NginxCluster cluster : NginxConfiguration.get().getClusters()) {
            DriftWatch.get().of(cluster.getId()).ifPresent(seen -> {
                all.add(reading(cluster, "drifted", seen.drifted().size()));
                all.add(reading(cluster, "unread", seen.unread().size()));
            });
        }
        return all;
    }

    private static Reading reading(NginxCluster cluster, String state, int nodes) {
        return new Reading("shera_nginx_nodes", HELP, Map.of("cluster", cluster.getId(), "state", state), nodes);
    }

    @Override
    public List<Total> totals() {
        return Stream.of("drifted", "unread")
                .map(state -> new Total("nginx.nodes." + state, () -> readings().stream()
                        .filter(each -> each.labels().get("state").equals(state))
                        .mapToLong(each -> (long) each.value())
                        .sum()))
                .toList();
    }
}
