package io.jenkins.plugins.shera.nginx.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.util.List;

/** A Kubernetes Service as the one member of an upstream, by its cluster IP: that stays while pods come and go. */
public final class ServiceMembers {
    private ServiceMembers() {}

    /**
     * Asks the cluster.
     *
     * @param port of the Service; 0 for its first
     */
    public static List<Member> of(KubeApi api, String namespace, String service, int port)
            throws KubeException, InvalidRouteException {
        JsonNode spec = spec(api, namespace, service);
        String what = what(namespace, service);
        String address = spec.path("clusterIP").asText("");
        if (address.isEmpty() || address.equals("None")) {
            throw new InvalidRouteException(what
                    + " has no cluster IP (it is headless, or not there yet). Name the addresses as members: [...].");
        }
        JsonNode offered = port(spec, port);
        return List.of(Member.of(address, offered.path("port").asInt(port), 1));
    }

    /**
     * The port by which nodes that follow the Service themselves ask for it, whether it has a cluster IP or not.
     *
     * @param port of the Service; 0 for its first
     * @throws InvalidRouteException if it is not there, or cannot be reached in this way
     */
    public static int port(KubeApi api, String namespace, String service, int port, AddressMode mode)
            throws KubeException, InvalidRouteException {
        JsonNode spec = spec(api, namespace, service);
        JsonNode offered = port(spec, port);
        int chosen = offered.path("port").asInt(port);
        if (mode == AddressMode.NODE_PORT && offered.path("nodePort").asInt() == 0) {
            throw new InvalidRouteException(Messages.ServiceMembers_noNodePort(
                    service, namespace, chosen, spec.path("type").asText("ClusterIP")));
        }
        return chosen;
    }

    private static String what(String namespace, String service) {
        return "Service " + service + " in namespace " + namespace;
    }

    private static JsonNode spec(KubeApi api, String namespace, String service)
            throws KubeException, InvalidRouteException {
        return api.find(new ObjectRef(ResourceKind.SERVICE, namespace, service))
                .orElseThrow(() -> new InvalidRouteException(
                        "There is no " + what(namespace, service) + ". Deploy the application first."))
                .path("spec");
    }

    private static JsonNode port(JsonNode spec, int port) {
        for (JsonNode offered : spec.path("ports")) {
            if (port == 0 || offered.path("port").asInt() == port) {
                return offered;
            }
        }
        return MissingNode.getInstance();
    }
}
