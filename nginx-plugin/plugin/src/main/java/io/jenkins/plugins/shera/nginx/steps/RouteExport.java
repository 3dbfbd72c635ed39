package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.objects.HttpRouteWriter;
import io.jenkins.plugins.shera.nginx.objects.HttpRouteWriter.Service;
import io.jenkins.plugins.shera.nginx.work.ReadWeightOnNode;
import io.jenkins.plugins.shera.nginx.work.RouteOnNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a published route as an HTTPRoute of the Gateway API. */
public final class RouteExport {
    private static final Pattern GATEWAY = Pattern.compile("([a-z0-9-]{1,63})/([a-z0-9.-]{1,253})");

    private RouteExport() {}

    /**
     * The route as YAML, with the share, headers and cookies of its canary.
     *
     * @param gateway namespace and name of the Gateway that is to serve it
     * @throws InvalidRouteException if there is no such route, or an HTTPRoute cannot say what it says
     */
    public static String yaml(RoutePlace place, String gateway)
            throws IOException, InterruptedException, InvalidRouteException {
        Matcher parent = GATEWAY.matcher(gateway);
        if (!parent.matches()) {
            throw new InvalidRouteException(Messages.RouteExport_gateway());
        }
        if (place.nginx().isKubeng() || place.nginx().getNodes().isEmpty()) {
            throw new InvalidRouteException(
                    Messages.RouteExport_kubeng(place.nginx().getId()));
        }
        NodeChannel node = NodeAccess.channel(place.nginx().getNodes().get(0));
        Route route = node.call(new RouteOnNode(place.owner()));
        if (route == null) {
            throw new InvalidRouteException(
                    Messages.RouteExport_none(place.owner().id(), place.nginx().getId()));
        }
        Weight weight = node.call(new ReadWeightOnNode(place.owner())).weight();
        List<Member> members = new ArrayList<>(route.members());
        if (weight != null) {
            members.addAll(weight.canary());
        }
        String namespace = place.environment().getNamespace();
        return HttpRouteWriter.yaml(
                new HttpRouteWriter(namespace, parent.group(1), parent.group(2), services(place, members))
                        .write(route, weight));
    }

    private static Map<Member, Service> services(RoutePlace place, List<Member> members) throws IOException {
        Map<Member, Service> found = new HashMap<>();
        for (JsonNode service : place.services()) {
            JsonNode spec = service.path("spec");
            for (JsonNode port : spec.path("ports")) {
                for (Member member : members) {
                    if (member.address().equals(spec.path("clusterIP").asText())
                            && member.port() == port.path("port").asInt()) {
                        found.put(
                                member,
                                new Service(
                                        service.path("metadata").path("name").asText(), member.port()));
                    }
                }
            }
        }
        return found;
    }
}
