package io.jenkins.plugins.shera.nginx.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.util.List;
import java.util.Optional;

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
        Optional<JsonNode> found = api.find(new ObjectRef(ResourceKind.SERVICE, namespace, service));
        String what = "Service " + service + " in namespace " + namespace;
        JsonNode spec = found.orElseThrow(
                        () -> new InvalidRouteException("There is no " + what + ". Deploy the application first."))
                .path("spec");
        String address = spec.path("clusterIP").asText("");
        if (address.isEmpty() || address.equals("None")) {
            throw new InvalidRouteException(what
                    + " has no cluster IP (it is headless, or not there yet). Name the addresses as members: [...].");
        }
        int chosen = port;
        for (JsonNode offered : spec.path("ports")) {
            if (port == 0 || offered.path("port").asInt() == port) {
                chosen = offered.path("port").asInt();
                break;
            }
        }
        return List.of(Member.of(address, chosen, 1));
    }
}
