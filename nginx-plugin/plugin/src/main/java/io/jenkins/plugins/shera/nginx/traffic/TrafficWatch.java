package io.jenkins.plugins.shera.nginx.traffic;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.work.FiguresOnNode;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads every minute what the nodes with a log of requests answered in it, for Prometheus. */
@Extension
public class TrafficWatch implements ExtensionPoint {
    private static final Duration ROUND = Duration.ofMinutes(1);

    private final Map<String, List<ClusterFigures.OfNode>> seen = new ConcurrentHashMap<>();

    /** The one instance. */
    public static TrafficWatch get() {
        return ExtensionList.lookupSingleton(TrafficWatch.class);
    }

    /** Begins the rounds; as SYSTEM, because they only read and are told to whoever may see all of the system. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        Schedules.get().every(ROUND, "figures of nginx nodes", ACL.SYSTEM_USERNAME, () -> get().look());
    }

    /** What the nodes of a cluster answered in the last minute that was looked at. */
    public List<ClusterFigures.OfNode> of(String cluster) {
        return seen.getOrDefault(cluster, List.of());
    }

    /** Looks at every cluster now. */
    public void look() {
        List<NginxCluster> clusters = NginxConfiguration.get().getClusters().stream()
                .filter(TrafficWatch::logs)
                .toList();
        seen.keySet().retainAll(clusters.stream().map(NginxCluster::getId).toList());
        try {
            for (NginxCluster cluster : clusters) {
                List<NginxNodeSettings> nodes = cluster.getNodes();
                List<FiguresOnNode> questions = nodes.stream()
                        .map(node -> FiguresOnNode.lately(node.getRequestLog(), ROUND))
                        .toList();
                seen.put(cluster.getId(), ClusterFigures.of(nodes, 0, questions));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean logs(NginxCluster cluster) {
        return cluster.getNodes().stream()
                .anyMatch(node -> !node.getRequestLog().isEmpty());
    }
}
