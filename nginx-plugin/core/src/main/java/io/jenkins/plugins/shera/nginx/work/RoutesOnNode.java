package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NodeReader;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads the routes of an earlier generation of a node, or puts a whole set of routes in force; answers what it read, or what was there. */
public final class RoutesOnNode implements NodeWork<ArrayList<Route>> {
    private static final long serialVersionUID = 1L;

    private final long generation;
    private final ArrayList<Route> routes;
    private final ArrayList<CertificatePair> brought;

    private RoutesOnNode(long generation, Collection<Route> routes, Collection<CertificatePair> brought) {
        this.generation = generation;
        this.routes = routes == null ? null : new ArrayList<>(routes);
        this.brought = new ArrayList<>(brought);
    }

    /** Reads the routes as they were in this generation, which the node still has. */
    public static RoutesOnNode of(long generation) {
        return new RoutesOnNode(generation, null, List.of());
    }

    /** Makes these all the routes of the node; what hands made of them stays, or it is refused. */
    public static RoutesOnNode put(Collection<Route> routes, Collection<CertificatePair> brought) {
        return new RoutesOnNode(0, routes, brought);
    }

    @Override
    public ArrayList<Route> on(NginxInstallation installation) throws IOException, InterruptedException {
        if (routes == null) {
            return new ArrayList<>(
                    new NodeReader(installation).routesOf(generation).routes());
        }
        NginxNode nginx = new NginxNode(installation);
        ArrayList<Route> before = new ArrayList<>(nginx.routes().routes());
        nginx.restore(RouteSet.of(routes), brought);
        return before;
    }
}
