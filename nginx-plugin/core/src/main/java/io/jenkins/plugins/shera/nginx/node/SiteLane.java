package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.edits.Edits;
import io.jenkins.plugins.shera.nginx.render.Readback;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.site.InvalidSiteException;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.site.SiteFiles;
import io.jenkins.plugins.shera.nginx.site.SitePolicy;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** Puts files of people on a node. */
final class SiteLane {
    private final NodeFolders folders;
    private final ReleaseFolder site;
    private final Rewrite routes;

    /** Writes the same routes anew, so that they lead to the files of people once there are some. */
    interface Rewrite {
        void run() throws IOException, InterruptedException;
    }

    SiteLane(NodeFolders folders, Rewrite routes) {
        this.folders = folders;
        this.site = folders.site();
        this.routes = routes;
    }

    /**
     * Lets the node's own nginx test these files of people with everything else it has; nothing is kept.
     *
     * @throws Rollover.RefusedException if nginx refused them
     */
    void test(Map<String, String> files, SiteAllowance allowed) throws IOException, InterruptedException {
        requireHarmless(files, allowed);
        try (ReleaseFolder.Lock held = site.lock()) {
            requireNoHandLost(files);
            testStaged(held, files);
        }
    }

    /**
     * Makes these all the files of people on the node, and proves that the workers serve them.
     *
     * @throws Rollover.RefusedException if nginx refused them, or a hand's edit would be lost; the earlier ones are in force
     */
    Release replace(Map<String, String> files, SiteAllowance allowed) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = site.lock()) {
            requireNoHandLost(files);
            return put(held, files, allowed);
        }
    }

    /** The same over whatever a hand changed. */
    Release overwrite(Map<String, String> files) throws IOException, InterruptedException {
        try (ReleaseFolder.Lock held = site.lock()) {
            return put(held, files, SiteAllowance.widest());
        }
    }

    /** nginx's own test runs as its master does, so nobody's text gets there that is not on the allow-list and was not tried in a cage. */
    private void requireHarmless(Map<String, String> files, SiteAllowance allowed)
            throws IOException, InterruptedException {
        try {
            SitePolicy.check(files, allowed);
        } catch (InvalidSiteException e) {
            throw new Rollover.RefusedException(e.getMessage());
        }
        folders.tryOut(folders.routes().currentFiles(), files);
    }

    private Release put(ReleaseFolder.Lock held, Map<String, String> files, SiteAllowance allowed)
            throws IOException, InterruptedException {
        requireHarmless(files, allowed);
        if (site.current().isEmpty()) {
            requireAsReleased();
            testStaged(held, files);
            if (folders.routes().current().isEmpty()) {
                routes.run();
            }
            site.activate(held, site.stage(held, SiteFiles.render(Map.of())));
            routes.run();
        }
        return new Rollover(site, folders.siteService()).apply(held, SiteFiles.render(files));
    }

    private void requireNoHandLost(Map<String, String> files) throws IOException {
        SortedMap<String, byte[]> found = site.currentFiles();
        for (String name : SiteFiles.touched(found)) {
            byte[] now = found.get(name);
            String text = now == null ? null : new String(now, StandardCharsets.UTF_8);
            if (!Objects.equals(text, files.get(name))) {
                throw new Rollover.RefusedException("somebody changed " + name + " on this node by hand, and this push"
                        + " would take that away. Look at it, then adopt or overwrite it, and push again.");
            }
        }
    }

    /** The first push writes the routes anew, so that they lead to the files: a hand's edit must not go with it unseen. */
    private void requireAsReleased() throws IOException {
        SortedMap<String, byte[]> found = folders.routes().currentFiles();
        if (folders.routes().current().isPresent()) {
            List<String> edits = Readback.changes(folders.rendered(RouteFiles.read(found), Edits.read(found)), found);
            if (!edits.isEmpty()) {
                throw new Rollover.RefusedException(
                        "somebody changed the routes on this node by hand, and the first push of"
                                + " files would take that away: " + edits.get(0)
                                + ". Look at it, then adopt or overwrite it, and push again.");
            }
        }
    }

    /** Leaves no trace, whatever nginx says; done before the routes lead to them for the first time, too. */
    private void testStaged(ReleaseFolder.Lock held, Map<String, String> files)
            throws IOException, InterruptedException {
        Release candidate = site.stage(held, SiteFiles.render(files));
        try {
            folders.siteService().test(candidate);
        } finally {
            site.discard(held, candidate);
        }
    }
}
