package io.jenkins.plugins.shera.kubeng.objects;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.nginx.objects.RouteObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The watches that a setting asks for and no other, and the questions by name that nothing else waits for. */
final class ObjectWatches implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ObjectWatches.class.getName());
    private static final ResourceKind NAMESPACE = new ResourceKind("v1", "Namespace", "namespaces", false);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private final Function<String, Optional<ClusterClient>> clients;
    private final ObjectBook book;
    private final Runnable changed;
    private final Map<Place, Watched> watches = new HashMap<>();
    private final Map<ObjectBook.Key, Long> asked = new HashMap<>();
    private final Set<String> recognised = ConcurrentHashMap.newKeySet();

    private record Place(String cluster, String namespace, RouteObject.Kind kind) {}

    /** A watch, and the one that takes its place once it has listed everything. */
    private static final class Watched {
        private ObjectWatch current;
        private ObjectWatch fresh;

        private void close() {
            current.close();
            if (fresh != null) {
                fresh.close();
            }
        }
    }

    ObjectWatches(Function<String, Optional<ClusterClient>> clients, ObjectBook book, Runnable changed) {
        this.clients = clients;
        this.book = book;
        this.changed = changed;
    }

    /** Begins what is missing and ends what nobody asks for any more; null asks for nothing. */
    synchronized void follow(WatchedObjects setting) {
        Set<Place> wanted = new HashSet<>();
        if (setting != null) {
            for (WatchedObjects.Namespace one : setting.namespaces()) {
                if (!setting.classes().isEmpty()) {
                    wanted.add(new Place(one.cluster(), one.name(), RouteObject.Kind.INGRESS));
                }
                if (!setting.gateways().isEmpty()) {
                    wanted.add(new Place(one.cluster(), one.name(), RouteObject.Kind.HTTP_ROUTE));
                }
            }
        }
        watches.entrySet().removeIf(entry -> {
            boolean unwanted = !wanted.contains(entry.getKey());
            if (unwanted) {
                entry.getValue().close();
            }
            return unwanted;
        });
        for (Place place : wanted) {
            if (!watches.containsKey(place)) {
                open(place).ifPresent(watch -> {
                    Watched begun = new Watched();
                    begun.current = watch;
                    watches.put(place, begun);
                });
            }
        }
    }

    private Optional<ObjectWatch> open(Place place) {
        return clients.apply(place.cluster())
                .map(client ->
                        new ObjectWatch(client, place.cluster(), place.namespace(), place.kind(), book, changed));
    }

    /** Lists everything again beside the running watches, in case one went silent without ending. */
    synchronized void relist() {
        recognised.clear();
        watches.forEach((place, watched) -> {
            if (watched.fresh != null) {
                watched.fresh.close();
            }
            watched.fresh = open(place).orElse(null);
        });
    }

    /** Why some of it cannot be watched, a line each. */
    synchronized List<String> problems(WatchedObjects setting) {
        List<String> problems = new ArrayList<>();
        watches.forEach((place, watched) -> {
            if (!watched.current.problem().isEmpty()) {
                problems.add(setting.tenant(place.cluster(), place.namespace()).orElse("") + ".: the "
                        + place.kind().word() + " objects of namespace " + place.namespace() + " in cluster "
                        + place.cluster() + " cannot be watched: " + watched.current.problem());
            }
        });
        for (WatchedObjects.Namespace one : setting.namespaces()) {
            if (clients.apply(one.cluster()).isEmpty()) {
                problems.add(one.tenant() + ".: this node has no access to the Kubernetes cluster '" + one.cluster()
                        + "'. Add kubernetes." + one.cluster() + "=FILE to the settings of KubeNg, a kubeconfig");
            }
        }
        return problems;
    }

    /** Asks by name for what answers lacked; gives whether all of them are settled. May take seconds. */
    boolean confirm() {
        synchronized (this) {
            watches.values().forEach(watched -> {
                if (watched.fresh != null && watched.fresh.isSynced()) {
                    watched.current.close();
                    watched.current = watched.fresh;
                    watched.fresh = null;
                }
                watched.current.compare();
            });
        }
        boolean settled = true;
        for (ObjectBook.Key key : book.doubtful()) {
            long now = System.nanoTime();
            Long before = asked.get(key);
            if (before != null && now - before < ASK_AGAIN.toNanos()) {
                continue;
            }
            asked.put(key, now);
            try {
                settle(key);
            } catch (KubeException e) {
                LOG.log(Level.INFO, "Whether {0} is gone cannot be told: {1}", new Object[] {key, e.getMessage()});
                settled = false;
            }
        }
        asked.keySet().retainAll(book.doubtful());
        return settled;
    }

    /**
     * It is gone when the server does not know its name and still has the very namespace it was in: one that was put back from an
     * old backup, or another server at the same address, does not.
     */
    private void settle(ObjectBook.Key key) throws KubeException {
        Optional<ClusterClient> client = clients.apply(key.cluster());
        if (client.isEmpty()) {
            return;
        }
        ResourceKind kind = ObjectWatch.resource(key.kind());
        Optional<JsonNode> found = client.get().api().find(new ObjectRef(kind, key.namespace(), key.name()));
        if (found.isPresent()) {
            if (book.put(key, found.get())) {
                changed.run();
            }
            return;
        }
        String known = book.remembered(namespaceName(key.cluster(), key.namespace()));
        String now = namespaceUid(client.get(), key.namespace());
        if (!known.isEmpty() && known.equals(now) && book.forget(key)) {
            changed.run();
        }
    }

    /** Remembers which namespaces they are: once, and after each list anew where it lacked nothing. May take seconds. */
    void recognise(WatchedObjects setting) throws KubeException {
        Set<String> inDoubt = new HashSet<>();
        book.doubtful().forEach(key -> inDoubt.add(namespaceName(key.cluster(), key.namespace())));
        for (WatchedObjects.Namespace one : setting.namespaces()) {
            String name = namespaceName(one.cluster(), one.name());
            Optional<ClusterClient> client = clients.apply(one.cluster());
            boolean known = recognised.contains(name) && !book.remembered(name).isEmpty();
            if (!known && client.isPresent() && !inDoubt.contains(name) && isSynced(one)) {
                String uid = namespaceUid(client.get(), one.name());
                if (!uid.isEmpty()) {
                    book.remember(name, uid);
                    recognised.add(name);
                }
            }
        }
    }

    private synchronized boolean isSynced(WatchedObjects.Namespace namespace) {
        return watches.entrySet().stream()
                .filter(entry -> entry.getKey().cluster().equals(namespace.cluster())
                        && entry.getKey().namespace().equals(namespace.name()))
                .anyMatch(entry -> entry.getValue().current.isSynced());
    }

    private static String namespaceName(String cluster, String namespace) {
        return "namespace " + cluster + " " + namespace;
    }

    private static String namespaceUid(ClusterClient client, String namespace) throws KubeException {
        return client.api()
                .find(new ObjectRef(NAMESPACE, "", namespace))
                .map(found -> found.path("metadata").path("uid").asText())
                .orElse("");
    }

    @Override
    public synchronized void close() {
        watches.values().forEach(Watched::close);
        watches.clear();
    }
}
