package io.jenkins.plugins.shera.kubeng.endpoints;

import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.watch.NodeWatch;
import io.jenkins.plugins.shera.kube.watch.ServiceWatch;
import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The Kubernetes clusters this node may ask, with a watch on each namespace that a target names and on no other. Usable from
 * many threads.
 */
public final class Clusters implements EndpointBook.Finder, AutoCloseable {
    private final Map<String, ClusterClient> clients = new HashMap<>();
    private final Map<String, Watched> watches = new HashMap<>();
    private final Map<String, NodeWatch> nodes = new HashMap<>();
    private final Runnable changed;

    /** A watch, and the one that takes its place once it has listed everything. */
    private static final class Watched {
        private ServiceWatch current;
        private ServiceWatch fresh;

        private ServiceWatch best() {
            if (fresh != null && fresh.isSynced()) {
                current.close();
                current = fresh;
                fresh = null;
            }
            return current;
        }
    }

    /**
     * Opens no connection yet.
     *
     * @param changed called whenever an answer may have changed; must not block
     */
    public Clusters(Map<String, ClusterAccess> access, Runnable changed) {
        this.changed = changed;
        access.forEach((id, one) -> clients.put(id, ClusterClient.open(one, TimeLimits.STANDARD)));
    }

    @Override
    public synchronized List<Member> find(Target target) throws InvalidRouteException {
        if (target.kind() == Target.Kind.NAME) {
            return Names.find(target);
        }
        ClusterClient client = clients.get(target.cluster());
        if (client == null) {
            throw new InvalidRouteException("This node has no access to the Kubernetes cluster '" + target.cluster()
                    + "'. Add kubernetes." + target.cluster() + "=FILE to the settings of KubeNg, a kubeconfig.");
        }
        ServiceWatch watch = watch(client, target.cluster(), target.namespace());
        List<Member> members = new ArrayList<>();
        if (watch.isSynced()) {
            for (ServiceWatch.Address address : addresses(watch, client, target)) {
                members.add(Member.of(address.ip(), address.port(), target.weight()));
            }
        }
        return members;
    }

    private List<ServiceWatch.Address> addresses(ServiceWatch watch, ClusterClient client, Target target) {
        return switch (target.kind()) {
            case PODS -> watch.pods(target.name(), target.port());
            case NODES -> onNodes(watch.nodePort(target.name(), target.port()), client, target.cluster());
            default -> watch.clusterIp(target.name(), target.port()).stream().toList();
        };
    }

    private List<ServiceWatch.Address> onNodes(OptionalInt port, ClusterClient client, String cluster) {
        List<String> addresses = nodes.computeIfAbsent(cluster, key -> NodeWatch.open(client, changed))
                .addresses();
        return port.isEmpty()
                ? List.of()
                : addresses.stream()
                        .map(ip -> new ServiceWatch.Address(ip, port.getAsInt()))
                        .toList();
    }

    private ServiceWatch watch(ClusterClient client, String cluster, String namespace) {
        return watches.computeIfAbsent(cluster + "/" + namespace, key -> {
                    Watched begun = new Watched();
                    begun.current = ServiceWatch.open(client, namespace, changed);
                    return begun;
                })
                .best();
    }

    /** The connection to a cluster, if this node has one. */
    public Optional<ClusterClient> client(String cluster) {
        return Optional.ofNullable(clients.get(cluster));
    }

    /** The number of a Service's port; empty when it is not known at this moment. */
    public synchronized OptionalInt port(String cluster, String namespace, String service, String portName) {
        ClusterClient client = clients.get(cluster);
        return client == null
                ? OptionalInt.empty()
                : watch(client, cluster, namespace).port(service, portName);
    }

    /** Lists everything again beside the running watches, in case one went silent without ending. */
    public synchronized void relist() {
        watches.forEach((key, watched) -> {
            String[] parts = key.split("/", 2);
            if (watched.fresh != null) {
                watched.fresh.close();
            }
            watched.fresh = ServiceWatch.open(clients.get(parts[0]), parts[1], changed);
        });
        // Until the new one has listed, the last known addresses stay.
        nodes.replaceAll((cluster, watch) -> {
            watch.close();
            return NodeWatch.open(clients.get(cluster), changed);
        });
    }

    @Override
    public synchronized void close() {
        watches.values().forEach(watched -> {
            watched.current.close();
            if (watched.fresh != null) {
                watched.fresh.close();
            }
        });
        nodes.values().forEach(NodeWatch::close);
        clients.values().forEach(ClusterClient::close);
    }
}
