package io.jenkins.plugins.shera.nginx.intent;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Which Ingress and HTTPRoute objects a node serves beside the routes of its document.
 *
 * @param namespaces where they are looked for, each of one tenant
 * @param classes of Ingress objects; others are not looked at
 * @param gateways as {@code namespace/name}, to which HTTPRoute objects belong; others are not looked at
 * @param port where they are served
 * @param tlsPort where they are served over TLS
 * @param pods whether requests go to pods rather than to the cluster IP of a Service
 */
public record WatchedObjects(
        List<Namespace> namespaces, List<String> classes, List<String> gateways, int port, int tlsPort, boolean pods)
        implements Serializable {

    /**
     * Objects in it may publish host names for its tenant.
     *
     * @param cluster id of the Kubernetes cluster
     */
    public record Namespace(String cluster, String name, String tenant) implements Serializable {}

    /** Copies the lists; absent ones are empty. */
    public WatchedObjects {
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        classes = classes == null ? List.of() : List.copyOf(classes);
        gateways = gateways == null ? List.of() : List.copyOf(gateways);
    }

    /** Whose namespace that is; empty for one that is not looked at. */
    public Optional<String> tenant(String cluster, String namespace) {
        return namespaces.stream()
                .filter(one -> one.cluster().equals(cluster) && one.name().equals(namespace))
                .map(Namespace::tenant)
                .findFirst();
    }
}
