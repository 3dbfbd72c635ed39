package io.jenkins.plugins.shera.kube.watch;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The nodes of a cluster, followed by a watch. Usable from many threads; close it. */
public final class NodeWatch implements AutoCloseable {
    private final SharedIndexInformer<Node> nodes;

    private NodeWatch(SharedIndexInformer<Node> nodes) {
        this.nodes = nodes;
    }

    /**
     * Begins to watch; returns before the first list is there.
     *
     * @param changed called by threads of the client whenever anything may have changed; must not block
     */
    public static NodeWatch open(ClusterClient client, Runnable changed) {
        SharedIndexInformer<Node> nodes = client.forWatches().nodes().runnableInformer(0);
        nodes.exceptionHandler((started, failure) -> true);
        nodes.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Node added) {
                changed.run();
            }

            @Override
            public void onUpdate(Node before, Node after) {
                // A node says every few seconds that it lives; only who answers where is of interest.
                if (isReady(before) != isReady(after) || !address(before).equals(address(after))) {
                    changed.run();
                }
            }

            @Override
            public void onDelete(Node deleted, boolean unknown) {
                changed.run();
            }
        });
        nodes.start();
        return new NodeWatch(nodes);
    }

    /** Internal addresses of the nodes that are ready, or of all where none is, in a fixed order; empty before the first list. */
    public List<String> addresses() {
        TreeSet<String> ready = new TreeSet<>();
        TreeSet<String> all = new TreeSet<>();
        for (Node node : nodes.getIndexer().list()) {
            address(node).ifPresent(ip -> {
                all.add(ip);
                if (isReady(node)) {
                    ready.add(ip);
                }
            });
        }
        return List.copyOf(ready.isEmpty() ? all : ready);
    }

    private static Optional<NodeStatus> status(Node node) {
        return Optional.ofNullable(node.getStatus());
    }

    private static Optional<String> address(Node node) {
        return status(node).map(NodeStatus::getAddresses).orElse(List.of()).stream()
                .filter(one -> "InternalIP".equals(one.getType()))
                .map(NodeAddress::getAddress)
                .findFirst();
    }

    private static boolean isReady(Node node) {
        return status(node).map(NodeStatus::getConditions).orElse(List.of()).stream()
                .anyMatch(one -> "Ready".equals(one.getType()) && "True".equals(one.getStatus()));
    }

    @Override
    public void close() {
        nodes.stop();
    }
}
