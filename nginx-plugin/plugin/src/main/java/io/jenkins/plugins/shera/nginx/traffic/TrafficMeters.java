package io.jenkins.plugins.shera.nginx.traffic;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures.Row;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each host and upstream of every node answered in the last minute. */
@Extension
public final class TrafficMeters extends MeterSource {
    private static final String READABLE = "1 while the log of requests of an nginx node can be read.";
    private static final String REQUESTS = "Requests of an nginx node in the last minute by host, upstream and class.";
    private static final String SECONDS = "Mean time of requests of an nginx node in the last minute.";

    @Override
    public List<Reading> readings() {
        List<Reading> all = new ArrayList<>();
        for (NginxCluster cluster : NginxConfiguration.get().getClusters()) {
            for (ClusterFigures.OfNode node : seen(cluster)) {
                Map<String, String> labels = Map.of("cluster", cluster.getId(), "node", node.name());
                boolean read = node.figures() != null;
                all.add(new Reading("shera_nginx_log_readable", READABLE, labels, read ? 1 : 0));
                if (read) {
                    node.figures().rows().forEach(row -> row(row, labels, all));
                }
            }
        }
        return all;
    }

    /** A cluster none of whose nodes has a log is not told of. */
    private static List<ClusterFigures.OfNode> seen(NginxCluster cluster) {
        if (!cluster.isKubeng()) {
            return TrafficWatch.get().of(cluster.getId());
        }
        return ClusterFigures.isLogging(cluster) ? ClusterFigures.told(cluster, Duration.ofMinutes(1)) : List.of();
    }

    private static void row(Row row, Map<String, String> node, List<Reading> all) {
        Map<String, String> labels = new TreeMap<>(node);
        labels.put("host", row.host());
        labels.put("tenant", row.tenant());
        labels.put("upstream", row.upstream());
        all.add(new Reading(
                "shera_nginx_request_seconds",
                SECONDS,
                Map.copyOf(labels),
                row.tally().seconds() / row.tally().requests()));
        for (int digit = 1; digit <= 5; digit++) {
            labels.put("class", digit + "xx");
            all.add(new Reading(
                    "shera_nginx_requests",
                    REQUESTS,
                    Map.copyOf(labels),
                    row.tally().ofClass(digit)));
        }
    }
}
