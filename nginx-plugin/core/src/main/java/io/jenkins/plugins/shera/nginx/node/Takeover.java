package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.edits.Edits;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.site.InvalidSiteException;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.site.SiteFiles;
import io.jenkins.plugins.shera.nginx.site.SitePolicy;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Puts routes and files of people in force together, with one reload: hosts that the operator took out of the node's own files, and has not
 * reloaded, go from the one to the other without a moment in which nobody serves them.
 */
public final class Takeover {
    private final NodeFolders folders;
    private final ReleaseFolder routes;
    private final ReleaseFolder site;
    private final TlsLane tls;
    private final NginxStreams streams;
    private final WeightLane share;

    /** Only keeps what it is given. */
    public Takeover(NginxInstallation installation) {
        this.folders = new NodeFolders(installation);
        this.routes = folders.routes();
        this.site = folders.site();
        this.tls = new TlsLane(folders, installation);
        this.streams = new NginxStreams(installation);
        this.share = new WeightLane(folders);
    }

    /**
     * Adds these routes, and makes these all the files of people; both, or nothing.
     *
     * @param brought certificates that the routes show
     * @param allowed what the files may have
     * @throws InvalidRouteException if a place is taken; nothing changed
     * @throws Rollover.RefusedException if a hand changed something here, or nginx refused it; the earlier configuration is in force
     */
    public void put(
            Collection<Route> added,
            Collection<CertificatePair> brought,
            Map<String, String> files,
            SiteAllowance allowed)
            throws IOException, InterruptedException, InvalidRouteException {
        RouteSet wanted = now();
        for (Route route : added) {
            wanted = wanted.with(route);
        }
        change(wanted, brought, files, allowed, false);
    }

    /** Lets the node's own nginx test the same; nothing is kept. */
    public void test(
            Collection<Route> added,
            Collection<CertificatePair> brought,
            Map<String, String> files,
            SiteAllowance allowed)
            throws IOException, InterruptedException, InvalidRouteException {
        RouteSet wanted = now();
        for (Route route : added) {
            wanted = wanted.with(route);
        }
        change(wanted, brought, files, allowed, true);
    }

    /** Makes these all the routes and files, as they were before. */
    public void back(Collection<Route> before, Map<String, String> files)
            throws IOException, InterruptedException, InvalidRouteException {
        change(RouteSet.of(before), List.of(), files, SiteAllowance.widest(), false);
    }

    private RouteSet now() throws IOException {
        return RouteFiles.read(routes.currentFiles());
    }

    private void change(
            RouteSet wanted,
            Collection<CertificatePair> brought,
            Map<String, String> files,
            SiteAllowance allowed,
            boolean onlyTest)
            throws IOException, InterruptedException, InvalidRouteException {
        try {
            SitePolicy.check(files, allowed);
        } catch (InvalidSiteException e) {
            throw new Rollover.RefusedException(e.getMessage());
        }
        try (ReleaseFolder.Lock ofSite = site.lock();
                ReleaseFolder.Lock ofRoutes = routes.lock()) {
            RouteSet before = now();
            requireNoHand();
            RouteSet fitting = tls.prepared(wanted, brought);
            streams.requireBeside(fitting);
            share.require();
            Optional<Release> earlier = site.current();
            if (earlier.isEmpty()) {
                // The routes lead to these files from then on; until they do, nobody reads them.
                site.activate(ofSite, site.stage(ofSite, SiteFiles.render(Map.of())));
            }
            Release people = site.stage(ofSite, SiteFiles.render(files));
            boolean done = false;
            try {
                SortedMap<String, byte[]> rendered = folders.rendered(fitting, Edits.NONE);
                folders.tryOut(rendered, files);
                Both both = new Both(ofSite, people, earlier.isEmpty() ? site.current() : earlier);
                if (onlyTest) {
                    Release candidate = routes.stage(ofRoutes, rendered);
                    try {
                        both.test(candidate);
                    } finally {
                        routes.discard(ofRoutes, candidate);
                    }
                } else {
                    new Rollover(routes, tls.proving(both, before, fitting)).apply(ofRoutes, rendered);
                    if (!both.swapped) {
                        // The routes were there as they are: the files go alone.
                        new Rollover(site, folders.siteService()).apply(ofSite, SiteFiles.render(files));
                    }
                    done = both.swapped;
                }
            } finally {
                if (!done) {
                    tidy(ofSite, people, earlier);
                }
                tls.tidy();
            }
        }
    }

    private void tidy(ReleaseFolder.Lock held, Release people, Optional<Release> earlier) throws IOException {
        if (earlier.isEmpty()) {
            site.deactivate(held);
        }
        site.discard(held, people);
    }

    private void requireNoHand() throws IOException {
        Optional<Release> current = routes.current();
        boolean edited = current.isPresent()
                && (!NodeFolders.isAsReleased(current.get())
                        || !Edits.read(routes.currentFiles()).isNone());
        if (edited || !SiteFiles.touched(site.currentFiles()).isEmpty()) {
            throw new Rollover.RefusedException(
                    "somebody changed this node by hand, or edits were adopted, and an import would not know which of"
                            + " both is meant. Overwrite the node or let go of the edits, then import.");
        }
    }

    /** Judges and loads both sets as one. */
    private final class Both implements Rollover.Service {
        private final ReleaseFolder.Lock held;
        private final Release people;
        private final Optional<Release> earlier;
        private boolean swapped;

        Both(ReleaseFolder.Lock held, Release people, Optional<Release> earlier) {
            this.held = held;
            this.people = people;
            this.earlier = earlier;
        }

        @Override
        public void test(Release candidate) throws IOException, InterruptedException {
            folders.service(
                            "/",
                            RouteFiles.PROOF,
                            release -> List.of(
                                    release.folder() + "/" + RouteFiles.PROOF,
                                    release.folder() + "/version.conf",
                                    release.folder() + "/weights.conf",
                                    people.folder() + "/*.conf"))
                    .test(candidate);
        }

        /** The first time the new files come with the new routes; on the way back the earlier ones with the earlier. */
        @Override
        public void reload() throws IOException, InterruptedException {
            site.activate(held, swapped ? earlier.orElseThrow() : people);
            swapped = true;
            folders.routeService().reload();
        }

        @Override
        public void prove(Release current) throws IOException, InterruptedException {
            folders.routeService().prove(current);
            if (swapped) {
                folders.siteService().prove(people);
            }
        }
    }
}
