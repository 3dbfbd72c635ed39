package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.desk.NodeBoard;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.reach.Unreached;
import io.jenkins.plugins.shera.nginx.work.ReachOnNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells who publishes which members nodes do not reach. They may come later, so it keeps nothing from being published. */
final class ReachWarning {
    /** A node of KubeNg looks every second, and takes another one to hear nothing. */
    private static final Duration TRIED = Duration.ofSeconds(3);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ReachWarning() {}

    /** Before something is put on this node; empty where it reaches all. */
    static List<String> before(NginxNodeSettings node, ReachOnNode asked) throws InterruptedException {
        try {
            List<Unreached> unreached = NodeAccess.channel(node).call(asked);
            return unreached.isEmpty()
                    ? List.of()
                    : List.of(Messages.RoutePublishing_unreached(
                            NodeAccess.name(node),
                            unreached.stream()
                                    .map(Unreached::address)
                                    .distinct()
                                    .collect(Collectors.joining(", "))));
        } catch (IOException e) {
            // Putting it there tells what is wrong with the node.
            return List.of();
        }
    }

    /** What nodes of KubeNg, which alone can try it, tell of the owner's members once they serve them; waits some seconds. */
    static List<String> told(NginxCluster cluster, RouteOwner owner) throws IOException, InterruptedException {
        NodeBoard board = KubengDesks.get().board(cluster);
        List<String> nodes = cluster.daemonNames();
        board.awaitTold(nodes, Instant.now().plus(TRIED), LIMIT);
        Map<String, List<String>> byAddress = new TreeMap<>();
        for (String node : nodes) {
            board.line(node).map(line -> line.told().unreached()).orElse(List.of()).stream()
                    .filter(one -> one.owner().equals(owner.id()))
                    .map(Unreached::address)
                    .distinct()
                    .forEach(address -> byAddress
                            .computeIfAbsent(address, key -> new ArrayList<>())
                            .add(node));
        }
        List<String> warnings = new ArrayList<>();
        byAddress.forEach((address, silent) -> warnings.add(
                silent.size() == nodes.size()
                        ? Messages.ReachWarning_nobody(cluster.getId(), address)
                        : Messages.RoutePublishing_unreached(String.join(", ", silent), address)));
        return warnings;
    }
}
