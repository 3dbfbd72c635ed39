package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.edits.Edits;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.render.Readback;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import io.jenkins.plugins.shera.nginx.site.SiteFiles;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares what lies on a node and what its workers serve with what was last put there. */
final class NodeComparison {
    private final NodeFolders folders;
    private final ReleaseFolder folder;
    private final ReleaseFolder weights;
    private final ReleaseFolder site;
    private final TlsLane tls;
    private final UserFiles users;
    private final NginxStreams streams;
    private final LivePeers live;

    NodeComparison(NodeFolders folders, TlsLane tls, UserFiles users, NginxStreams streams, LivePeers live) {
        this.folders = folders;
        this.folder = folders.routes();
        this.weights = folders.weights();
        this.site = folders.site();
        this.tls = tls;
        this.users = users;
        this.streams = streams;
        this.live = live;
    }

    /**
     * Compares what lies here and what the workers serve with what was last put here.
     *
     * @throws IOException if the intent itself cannot be read
     */
    NodeDrift drift() throws IOException, InterruptedException {
        Optional<Release> current = folder.current();
        if (current.isEmpty()) {
            return new NodeDrift(0, streams.changes(), 0, streams.isServed());
        }
        SortedMap<String, byte[]> routeFiles = folder.currentFiles();
        SortedMap<String, byte[]> weightFiles = weights.currentFiles();
        RouteSet routes = RouteFiles.read(routeFiles);
        SortedMap<String, byte[]> put = put(routes, routeFiles);
        List<String> changes = new ArrayList<>(Readback.changes(intended(put, routes), routeFiles));
        Readback.changes(WeightFiles.render(WeightFiles.read(weightFiles)), weightFiles)
                .forEach(change -> changes.add("weights/" + change));
        changes.addAll(SiteFiles.changes(site.currentFiles()));
        changes.addAll(tls.changes(routes));
        changes.addAll(users.changes(routes));
        changes.addAll(streams.changes());
        if (changes.isEmpty() && !NodeFolders.isAsReleased(current.get())) {
            changes.add("routes.json: edited, and the other files to match");
        }
        boolean served = folders.routeService().serves(put.get(RouteFiles.PROOF))
                && folders.weightService()
                        .serves(WeightFiles.render(WeightFiles.read(weightFiles))
                                .get(WeightFiles.PROOF))
                && streams.isServed()
                && live.isServed()
                && servesSite();
        return new NodeDrift(current.get().generation(), changes, 0, served);
    }

    private boolean servesSite() throws IOException, InterruptedException {
        byte[] proof = site.currentFiles().get(SiteFiles.PROOF);
        return proof == null || folders.siteService().serves(proof);
    }

    /** The files as they were last put there. */
    private SortedMap<String, byte[]> put(RouteSet routes, SortedMap<String, byte[]> found) throws IOException {
        return folders.rendered(routes, Edits.read(found));
    }

    /** The same without edits that were found and not adopted. */
    private SortedMap<String, byte[]> intended(SortedMap<String, byte[]> put, RouteSet routes) throws IOException {
        SortedMap<String, byte[]> intended = new TreeMap<>(put);
        intended.put(
                RouteFiles.PROOF,
                Edits.read(put).intended(folders.generated(routes)).getBytes(StandardCharsets.UTF_8));
        return intended;
    }

    /** The files that are to lie there, for people: with adopted edits, and without others. */
    SortedMap<String, byte[]> intended() throws IOException {
        SortedMap<String, byte[]> found = folder.currentFiles();
        RouteSet routes = RouteFiles.read(found);
        return folders.rendered(routes, Edits.read(found).withoutKept());
    }

    /** The edits with those that a hand made since something was last put there. */
    Edits withHand(RouteSet routes) throws IOException {
        SortedMap<String, byte[]> found = folder.currentFiles();
        Edits known = Edits.read(found);
        Optional<Release> current = folder.current();
        byte[] text = found.get(RouteFiles.PROOF);
        if (current.isEmpty() || text == null || NodeFolders.isAsReleased(current.get())) {
            return known;
        }
        return known.withHand(folders.generated(routes), new String(text, StandardCharsets.UTF_8));
    }
}
