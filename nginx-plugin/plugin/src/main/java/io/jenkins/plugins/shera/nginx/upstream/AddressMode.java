package io.jenkins.plugins.shera.nginx.upstream;

import io.jenkins.plugins.shera.nginx.intent.Target;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** By which address nginx reaches a Kubernetes Service. */
public enum AddressMode {
    /** Its cluster IP, which stays while pods come and go; nginx has to be able to reach it. */
    CLUSTER_IP("clusterIP"),
    /** Its ready pods, followed as they come and go: for nginx nodes in the network of the pods, and for headless Services. */
    POD_IP("podIP"),
    /** Its port on every ready node of the Kubernetes cluster: for nginx nodes that reach nothing else. */
    NODE_PORT("nodePort");

    private final String word;

    AddressMode(String word) {
        this.word = word;
    }

    /**
     * Of what people write; empty for the cluster IP.
     *
     * @throws InvalidRouteException naming the ways there are
     */
    public static AddressMode of(String text) throws InvalidRouteException {
        if (text == null || text.isBlank()) {
            return CLUSTER_IP;
        }
        for (AddressMode mode : values()) {
            if (mode.word.equals(text.strip())) {
                return mode;
            }
        }
        throw new InvalidRouteException(Messages.AddressMode_unknown(
                text, Arrays.stream(values()).map(mode -> mode.word).collect(Collectors.joining(", "))));
    }

    /** As people write it. */
    public String word() {
        return word;
    }

    /** The Service as nodes look for it that follow it themselves. */
    public Target target(String cluster, String namespace, String service, int port) {
        return switch (this) {
            case CLUSTER_IP -> Target.service(cluster, namespace, service, port);
            case POD_IP -> Target.pods(cluster, namespace, service, port);
            case NODE_PORT -> Target.nodes(cluster, namespace, service, port);
        };
    }
}
