package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NginxStreams;
import io.jenkins.plugins.shera.nginx.reach.NamedMembers;
import io.jenkins.plugins.shera.nginx.reach.Reach;
import io.jenkins.plugins.shera.nginx.reach.Unreached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries which of the addresses that the routes and streams of this node name it does not reach.
 *
 * @param route that is to be published, whose members are tried in their place; null for none
 * @param stream the same of a port
 */
public record ReachOnNode(Route route, Stream stream) implements NodeWork<ArrayList<Unreached>> {
    /** Of all that is in force on the node. */
    public static ReachOnNode now() {
        return new ReachOnNode(null, null);
    }

    @Override
    public ArrayList<Unreached> on(NginxInstallation nginx)
            throws IOException, InterruptedException, InvalidRouteException {
        NamedMembers named = route == null && stream == null
                ? inForce(nginx)
                : new NamedMembers(
                        RouteSet.of(route == null ? List.of() : List.of(route)),
                        WeightSet.of(List.of()),
                        StreamSet.of(stream == null ? List.of() : List.of(stream)));
        List<Unreached> unreached = named.of(Reach.unreached(named.members()));
        return new ArrayList<>(unreached);
    }

    private static NamedMembers inForce(NginxInstallation nginx) throws IOException {
        NginxNode node = new NginxNode(nginx);
        return new NamedMembers(node.routes(), node.weights(), new NginxStreams(nginx).now());
    }
}
