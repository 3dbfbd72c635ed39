package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.work.RouteOnNode;
import io.jenkins.plugins.shera.nginx.work.RuleOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives a published route its rules, on every node of a cluster or on none. The caller checked who may. */
public final class RouteRuling {
    private final NginxCluster cluster;
    private final Tenant tenant;

    /** Of this cluster, which the tenant may use. */
    public RouteRuling(NginxCluster cluster, Tenant tenant) {
        this.cluster = cluster;
        this.tenant = tenant;
    }

    /**
     * Puts these rules in place of those that the route had; nothing changes when one node refuses.
     *
     * @throws InvalidRouteException if they cannot stand, or there is no such route
     * @throws IOException saying which node does not serve them, and why
     */
    public void rule(RouteOwner owner, RouteRulesSettings settings)
            throws IOException, InterruptedException, InvalidRouteException {
        Route route = find(owner);
        WantedRules wanted = WantedRules.of(settings, tenant, owner, route.host());
        requireCovered(cluster, route.ruled(wanted.rules()));
        AuditLine line = AuditLine.of(
                        "route.rules", owner.tenant() + "/" + owner.application() + "/" + owner.environment())
                .tenant(owner.tenant())
                .before(json(route.rules() == null ? RouteRules.NONE : route.rules()))
                .after(json(wanted.rules()));
        try {
            if (cluster.isKubeng()) {
                new KubengNodes(cluster).bringing(wanted.brought()).rule(owner, wanted.rules());
            } else {
                onEveryNode(owner, wanted);
            }
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw e;
        }
        line.done();
    }

    /** A browser that comes by another name of the route sees the same certificate. */
    static void requireCovered(NginxCluster cluster, Route route) {
        if (route.tls() == null
                || route.rules() == null
                || route.rules().aliases().isEmpty()) {
            return;
        }
        String name = route.tls().certificate();
        Optional<CertificatePair> pair = new CertificateDesk(cluster)
                .all().stream()
                        .filter(one -> one.version().equals(route.tls().version()))
                        .findFirst();
        if (pair.isPresent()) {
            for (String alias : route.rules().aliases()) {
                CertificateDesk.requireCovered(pair.get(), name, alias);
            }
        }
    }

    private static String json(RouteRules rules) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        RouteRulesSettings.into(json, rules);
        // Their values may be secrets.
        json.put(
                "requestHeaders",
                String.join(" ", rules.request().stream().map(one -> one.name()).toList()));
        json.put(
                "responseHeaders",
                String.join(
                        " ", rules.response().stream().map(one -> one.name()).toList()));
        return json.toString();
    }

    private Route find(RouteOwner owner) throws IOException, InterruptedException, InvalidRouteException {
        Optional<Route> found = Optional.empty();
        if (cluster.isKubeng()) {
            found = new KubengNodes(cluster).routeOf(owner);
        } else if (!cluster.getNodes().isEmpty()) {
            NginxNodeSettings first = cluster.getNodes().get(0);
            found = Optional.ofNullable(NodeAccess.channel(first).call(new RouteOnNode(owner)));
        }
        return found.orElseThrow(() -> new InvalidRouteException(
                Messages.KubengNodes_noRoute(owner.id(), cluster.getId(), owner.application(), owner.environment())));
    }

    private void onEveryNode(RouteOwner owner, WantedRules wanted) throws IOException, InterruptedException {
        Map<NginxNodeSettings, Route> changed = new LinkedHashMap<>();
        for (NginxNodeSettings node : cluster.getNodes()) {
            String name = NodeAccess.name(node);
            try {
                changed.put(
                        node, NodeAccess.channel(node).call(new RuleOnNode(owner, wanted.rules(), wanted.brought())));
            } catch (IOException e) {
                throw new IOException(
                        Messages.RouteRuling_node(name, cluster.getId(), e.getMessage()) + restored(changed, owner), e);
            }
        }
    }

    /** What to add to a refusal: which of the nodes before it could not be given back what they had. */
    private String restored(Map<NginxNodeSettings, Route> changed, RouteOwner owner) throws InterruptedException {
        StringBuilder lost = new StringBuilder();
        for (Map.Entry<NginxNodeSettings, Route> one : changed.entrySet()) {
            RouteRules before = one.getValue().rules();
            try {
                NodeAccess.channel(one.getKey())
                        .call(new RuleOnNode(owner, before == null ? RouteRules.NONE : before, List.of()));
            } catch (IOException e) {
                lost.append(' ')
                        .append(Messages.PublishRouteExecution_notRestored(
                                NodeAccess.name(one.getKey()), cluster.getId(), e.getMessage()));
            }
        }
        return lost.toString();
    }
}
