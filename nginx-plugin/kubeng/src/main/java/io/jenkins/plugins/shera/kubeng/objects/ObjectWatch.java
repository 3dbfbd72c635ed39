package io.jenkins.plugins.shera.kubeng.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.nginx.objects.RouteObject;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The objects of one kind in one namespace, told to the book as they change. The watch goes on where it broke off, lists again after an
 * expiry, and tries for ever while the API server is away.
 */
final class ObjectWatch implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,252}");

    private final String cluster;
    private final String namespace;
    private final RouteObject.Kind kind;
    private final ObjectBook book;
    private final Runnable changed;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private volatile String problem = "";
    private boolean compared;

    ObjectWatch(
            ClusterClient client,
            String cluster,
            String namespace,
            RouteObject.Kind kind,
            ObjectBook book,
            Runnable changed) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.kind = kind;
        this.book = book;
        this.changed = changed;
        ResourceKind resource = resource(kind);
        this.informer = client.forWatches()
                .genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup(resource.group())
                        .withVersion("v1")
                        .withKind(resource.kind())
                        .withPlural(resource.plural())
                        .withNamespaced(true)
                        .build())
                .inNamespace(namespace)
                .runnableInformer(0);
        informer.exceptionHandler((started, failure) -> {
            problem = String.valueOf(failure.getMessage());
            return true;
        });
        informer.addEventHandler(new Told());
        informer.start();
    }

    static ResourceKind resource(RouteObject.Kind kind) {
        return kind == RouteObject.Kind.INGRESS
                ? new ResourceKind("networking.k8s.io/v1", "Ingress", "ingresses", true)
                : new ResourceKind("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", true);
    }

    /** Whether the list was read once. */
    boolean isSynced() {
        return informer.hasSynced();
    }

    /** Why it was not read yet, or nothing. */
    String problem() {
        return isSynced() ? "" : problem;
    }

    /** Doubts what the book has and the first list lacks. */
    void compare() {
        if (compared || !isSynced()) {
            return;
        }
        compared = true;
        Set<String> listed = informer.getStore().list().stream()
                .map(one -> one.getMetadata().getName())
                .collect(Collectors.toSet());
        book.keys(cluster, kind, namespace).stream()
                .filter(key -> !listed.contains(key.name()))
                .forEach(book::doubt);
    }

    private ObjectBook.Key key(GenericKubernetesResource object) {
        return new ObjectBook.Key(cluster, kind, namespace, object.getMetadata().getName());
    }

    private final class Told implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource added) {
            take(added);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            take(after);
        }

        private void take(GenericKubernetesResource object) {
            JsonNode json = JSON.valueToTree(object);
            // No API server gives others.
            if (!NAME.matcher(object.getMetadata().getName()).matches()) {
                return;
            }
            if (book.put(key(object), json)) {
                changed.run();
            }
        }

        @Override
        public void onDelete(GenericKubernetesResource deleted, boolean unseen) {
            if (unseen) {
                // A later list lacks it, and nobody told that it was deleted.
                book.doubt(key(deleted));
                changed.run();
            } else if (book.deleted(key(deleted), deleted.getMetadata().getUid())) {
                changed.run();
            }
        }

        @Override
        public void onNothing() {
            changed.run();
        }
    }

    @Override
    public void close() {
        informer.stop();
    }
}
