package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.config.NginxCertificate;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.work.RoutesOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Puts the routes of an earlier generation back on every node of a cluster, or on none. The caller checked who may. */
public final class RouteRestoring {
    private final NginxCluster cluster;
    private final String tenant;

    /** Only keeps what it is given. */
    public RouteRestoring(NginxCluster cluster, String tenant) {
        this.cluster = cluster;
        this.tenant = tenant;
    }

    /**
     * Makes the routes that this node had in that generation those of every node; certificates stay as they are now, and so do shares.
     *
     * @return how many routes that are
     * @throws IOException with a message for people, if the node does not have it any more, or a node refused
     */
    public int restore(String name, long generation) throws IOException, InterruptedException {
        AuditLine line = AuditLine.of("route.restore", cluster.getId()).tenant(tenant);
        List<CertificatePair> pairs = new CertificateDesk(cluster).all();
        try {
            Collection<Route> then = withTodaysCertificates(
                    NodeAccess.channel(SiteDesk.node(cluster, name)).call(RoutesOnNode.of(generation)));
            everywhere(then, pairs);
            line.after(JsonNodeFactory.instance
                            .objectNode()
                            .put("node", name)
                            .put("generation", generation)
                            .toString())
                    .done();
            return then.size();
        } catch (IOException e) {
            line.failed(e.getMessage());
            throw e;
        }
    }

    private Collection<Route> withTodaysCertificates(List<Route> then) {
        RouteSet routes = RouteSet.of(then);
        for (NginxCertificate one : NginxConfiguration.get().getCertificates()) {
            Optional<CertificatePair> held = CertificateDesk.held(one);
            if (one.getNginx().equals(cluster.getId()) && held.isPresent()) {
                routes = routes.renewed(one.id(), held.get().version());
            }
        }
        return routes.routes();
    }

    private void everywhere(Collection<Route> routes, List<CertificatePair> pairs)
            throws IOException, InterruptedException {
        List<NginxNodeSettings> nodes = cluster.getNodes();
        List<String> names = NodeAccess.names(nodes);
        List<List<Route>> before = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            try {
                before.add(NodeAccess.channel(nodes.get(i)).call(RoutesOnNode.put(routes, pairs)));
            } catch (IOException e) {
                StringBuilder lost = new StringBuilder();
                for (int done = 0; done < before.size(); done++) {
                    try {
                        NodeAccess.channel(nodes.get(done)).call(RoutesOnNode.put(before.get(done), pairs));
                    } catch (IOException f) {
                        lost.append(' ')
                                .append(Messages.PublishRouteExecution_notRestored(
                                        names.get(done), cluster.getId(), f.getMessage()));
                    }
                }
                throw new IOException(
                        Messages.RouteRestoring_refused(names.get(i), cluster.getId(), e.getMessage()) + lost, e);
            }
        }
    }
}
