package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;

/** The routes of one nginx, kept in a folder that its main configuration includes. Used on the node itself. */
public final class NginxNode {
    private final NginxInstallation installation;
    private final ReleaseFolder folder;

    /** Only keeps what it is given. */
    public NginxNode(NginxInstallation installation) {
        this.installation = installation;
        this.folder = new ReleaseFolder(installation.folder());
    }

    /** A change of the routes as they lie on the node. */
    private interface Change {
        RouteSet apply(RouteSet before) throws InvalidRouteException;
    }

    /**
     * Adds the route or replaces what its owner had, and proves that the workers serve it.
     *
     * @throws InvalidRouteException if its place is taken; nothing changed
     * @throws Rollover.RefusedException if nginx refused it; the earlier routes are in force
     */
    public Release publish(Route route) throws IOException, InterruptedException, InvalidRouteException {
        return change(routes -> routes.with(route));
    }

    /** Takes the owner's route away; no error when there is none. */
    public Release remove(RouteOwner owner) throws IOException, InterruptedException, InvalidRouteException {
        return change(routes -> routes.without(owner));
    }

    /** What lies on the node now. */
    public RouteSet routes() throws IOException {
        return RouteFiles.read(folder.currentFiles());
    }

    private Release change(Change change) throws IOException, InterruptedException, InvalidRouteException {
        try (ReleaseFolder.Lock held = folder.lock()) {
            RouteSet routes = change.apply(routes());
            return new Rollover(folder, new NginxService(installation, folder))
                    .apply(held, RouteFiles.render(routes, installation.versionPort()));
        }
    }
}
