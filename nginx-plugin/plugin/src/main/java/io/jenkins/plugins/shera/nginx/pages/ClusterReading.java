package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NodeReading;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nginx.work.ReadNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All nodes of a cluster, asked at the same time; one that does not answer is told with the reason. */
final class ClusterReading {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    /**
     * One node.
     *
     * @param name for people, unlike that of any other node of the cluster
     * @param reading null where the node could not be read
     * @param error why not; empty where it could
     * @param ssh whether it is reached by SSH
     */
    record OfNode(String name, NodeReading reading, String error, boolean ssh) {}

    private ClusterReading() {}

    /** Null for the tenant reads everything. */
    static List<OfNode> of(NginxCluster cluster, String tenant) throws InterruptedException {
        List<NginxNodeSettings> nodes = cluster.getNodes();
        List<String> names = NodeAccess.names(nodes);
        List<Future<NodeReading>> asked = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (NginxNodeSettings node : nodes) {
            Future<NodeReading> answer = null;
            String error = "";
            try {
                answer = NodeAccess.channel(node).callAsync(new ReadNode(tenant));
            } catch (IOException e) {
                error = String.valueOf(e.getMessage());
            }
            asked.add(answer);
            errors.add(error);
        }
        long end = System.nanoTime() + LIMIT_NANOS;
        List<OfNode> read = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            OfNode unread =
                    new OfNode(names.get(i), null, errors.get(i), nodes.get(i).isSsh());
            read.add(asked.get(i) == null ? unread : await(unread, asked.get(i), end));
        }
        return read;
    }

    private static OfNode await(OfNode node, Future<NodeReading> answer, long end) throws InterruptedException {
        try {
            return new OfNode(
                    node.name(),
                    answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS),
                    "",
                    node.ssh());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new OfNode(node.name(), null, Messages.slow(), node.ssh());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new OfNode(node.name(), null, String.valueOf(cause.getMessage()), node.ssh());
        }
    }
}
