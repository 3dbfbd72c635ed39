package io.jenkins.plugins.shera.deploy.steps.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.rollout.Autoscaler;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.watch.Mirror;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of rollouts under way: one for each tenant in a cluster, and for each namespace the watches by which its rollouts know
 * their objects without asking. Closed when the last rollout that uses them ends.
 */
final class Connections {

    private static final List<Mirror.Part> PARTS = List.of(
            new Mirror.Part(new ResourceKind("v1", "ConfigMap", "configmaps", true), "shera.io/record=rollout"),
            new Mirror.Part(ResourceKind.DEPLOYMENT, ""),
            new Mirror.Part(ResourceKind.SERVICE, ""),
            new Mirror.Part(ResourceKind.POD, "shera.io/track=canary"),
            new Mirror.Part(new ResourceKind("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", true), ""),
            new Mirror.Part(Autoscaler.KIND, ""));

    /** Is told of every object that changes. */
    interface Changed {
        void in(String cluster, String namespace, JsonNode object);
    }

    private final Changed changed;
    private final Map<String, Shared> current = new HashMap<>();

    Connections(Changed changed) {
        this.changed = changed;
    }

    /** A share of the connection of this rollout's tenant; to be closed. */
    synchronized Lease lease(Subject subject) {
        ClusterAccess access = Reach.access(subject);
        Shared shared = current.get(key(subject));
        if (shared == null || !shared.access.equals(access)) {
            shared = new Shared(access);
            current.put(key(subject), shared);
        }
        return new Lease(shared, subject);
    }

    private static String key(Subject subject) {
        return subject.tenant() + "/" + subject.cluster();
    }

    /** The next lease opens a connection of its own: this one is refused, and its credential may have been renewed. */
    synchronized void forget(Subject subject) {
        current.remove(key(subject));
    }

    private static final class Shared {
        private final ClusterAccess access;
        private final ClusterClient client;
        private final Map<String, Watched> namespaces = new HashMap<>();

        Shared(ClusterAccess access) {
            this.access = access;
            this.client = ClusterClient.open(access, TimeLimits.STANDARD);
        }
    }

    private static final class Watched {
        private final Mirror mirror;
        private int users;

        Watched(Mirror mirror) {
            this.mirror = mirror;
        }
    }

    /** What one rollout uses. */
    final class Lease implements AutoCloseable {
        private final Shared shared;
        private final Subject subject;
        private final Mirror mirror;
        private boolean closed;

        /** Called under the lock of the connections. */
        private Lease(Shared shared, Subject subject) {
            this.shared = shared;
            this.subject = subject;
            Watched watched = shared.namespaces.computeIfAbsent(
                    subject.namespace(),
                    namespace -> new Watched(Mirror.open(
                            shared.client.api(),
                            namespace,
                            PARTS,
                            object -> changed.in(subject.cluster(), namespace, object))));
            watched.users++;
            this.mirror = watched.mirror;
        }

        /** Knows what the watches tell, and asks only for the rest. */
        KubeApi api() {
            return shared.client.api().remembering(mirror);
        }

        /** Asks the cluster for everything. */
        KubeApi live() {
            return shared.client.api().remembering(mirror.forWriters());
        }

        /** Whether changes are told. */
        boolean isWatching() {
            return mirror.isSynced();
        }

        @Override
        public void close() {
            synchronized (Connections.this) {
                if (closed) {
                    return;
                }
                closed = true;
                Watched watched = shared.namespaces.get(subject.namespace());
                watched.users--;
                if (watched.users == 0) {
                    shared.namespaces.remove(subject.namespace());
                    watched.mirror.close();
                }
                if (shared.namespaces.isEmpty()) {
                    current.remove(key(subject), shared);
                    shared.client.close();
                }
            }
        }
    }
}
