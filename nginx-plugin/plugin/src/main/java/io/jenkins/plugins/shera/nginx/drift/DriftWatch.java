package io.jenkins.plugins.shera.nginx.drift;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.ACL;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nginx.work.LookOnNode;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Compares every node that Jenkins pushes to with what was last put there, and tells on the timeline what somebody changed by hand. */
@Extension
public class DriftWatch implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(DriftWatch.class.getName());
    private static final Duration ROUND = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Map<String, ClusterDrift> seen = new ConcurrentHashMap<>();

    /** The one instance. */
    public static DriftWatch get() {
        return ExtensionList.lookupSingleton(DriftWatch.class);
    }

    /** Begins the rounds; as SYSTEM, because they only read and tell each tenant its own. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        Schedules.get().every(ROUND, "drift of nginx nodes", ACL.SYSTEM_USERNAME, () -> get().look());
    }

    /** What was last seen of a cluster; empty before the first round. */
    public Optional<ClusterDrift> of(String cluster) {
        return Optional.ofNullable(seen.get(cluster));
    }

    /** Looks at every cluster now; one that does not answer costs 20 seconds. */
    public void look() {
        List<NginxCluster> clusters = NginxConfiguration.get().getClusters();
        seen.keySet().retainAll(clusters.stream().map(NginxCluster::getId).toList());
        try {
            for (NginxCluster cluster : clusters) {
                if (!cluster.getNodes().isEmpty()) {
                    seen.put(cluster.getId(), look(cluster));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ClusterDrift look(NginxCluster cluster) throws InterruptedException {
        List<NginxNodeSettings> nodes = cluster.getNodes();
        List<String> names = NodeAccess.names(nodes);
        List<Future<LookOnNode.Seen>> asked = new ArrayList<>();
        for (NginxNodeSettings node : nodes) {
            asked.add(ask(node));
        }
        List<String> drifted = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        long end = System.nanoTime() + LIMIT.toNanos();
        for (int i = 0; i < nodes.size(); i++) {
            LookOnNode.Seen now = asked.get(i) == null ? null : await(asked.get(i), end);
            if (now == null) {
                unread.add(names.get(i));
                continue;
            }
            if (!now.drift().isNone()) {
                drifted.add(names.get(i));
            }
            tell(cluster.getId(), names.get(i), now);
        }
        return new ClusterDrift(Instant.now(), drifted, unread);
    }

    private static Future<LookOnNode.Seen> ask(NginxNodeSettings node) {
        try {
            return NodeAccess.channel(node).callAsync(new LookOnNode());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "an nginx node could not be asked", e);
            return null;
        }
    }

    private static LookOnNode.Seen await(Future<LookOnNode.Seen> answer, long end) throws InterruptedException {
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            answer.cancel(true);
            LOGGER.log(Level.FINE, "an nginx node could not be read", e);
            return null;
        }
    }

    /** Once for each set of changes, also over a restart. */
    private static void tell(String cluster, String node, LookOnNode.Seen now) {
        try {
            List<String> changes = now.drift().changes();
            if (!new ToldDrift(cluster, node).isNews(changes)) {
                return;
            }
            for (RouteOwner owner : now.touched()) {
                Application application = SheraConfiguration.get().application(owner.tenant(), owner.application());
                if (application != null) {
                    Timelines.get().append(application, entry(cluster, node, owner, changes));
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot tell that node " + node + " of nginx cluster " + cluster + " drifted", e);
        }
    }

    /** With the first line of those that name the owner. */
    private static TimelineEntry entry(String cluster, String node, RouteOwner owner, List<String> changes) {
        String line = changes.stream()
                .filter(each -> each.contains(owner.id()))
                .findFirst()
                .orElse("");
        return TimelineEntry.now(
                        TimelineEntry.Kind.ALERT,
                        Messages._DriftWatch_drifted(node, cluster),
                        line,
                        "",
                        owner.environment())
                .linked(cluster, "/shera/tenant/" + owner.tenant() + "/nginx/#" + url(cluster));
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
