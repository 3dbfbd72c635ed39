package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.edits.Edits;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.render.StreamFiles;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import io.jenkins.plugins.shera.nginx.site.SiteFiles;
import io.jenkins.plugins.shera.nginx.trial.Trial;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The folders of one nginx that change apart, and how each is tested with what is in force of the others. */
final class NodeFolders {
    private final NginxInstallation installation;
    private final ReleaseFolder routes;
    private final ReleaseFolder weights;
    private final ReleaseFolder site;
    private final ReleaseFolder streams;

    NodeFolders(NginxInstallation installation) {
        this.installation = installation;
        this.routes = new ReleaseFolder(installation.folder());
        this.weights = new ReleaseFolder(installation.folder().resolve("weights"));
        this.site = new ReleaseFolder(installation.folder().resolve("site"));
        this.streams = new ReleaseFolder(installation.folder().resolve("streams"));
    }

    ReleaseFolder routes() {
        return routes;
    }

    ReleaseFolder weights() {
        return weights;
    }

    ReleaseFolder site() {
        return site;
    }

    ReleaseFolder streams() {
        return streams;
    }

    /** The files of these routes as they are put there. */
    SortedMap<String, byte[]> rendered(RouteSet wanted, Edits edits) throws IOException {
        return RouteFiles.render(
                wanted,
                new RouteFiles.Places(
                        installation.versionPort(),
                        weights.currentLink() + "/*.conf",
                        site.current().isPresent() ? site.currentLink() + "/*.conf" : null,
                        folder()),
                edits);
    }

    /** What nginx reads of these routes on this node before any hand edits it. */
    String generated(RouteSet wanted) {
        return RouteFiles.generated(wanted, folder());
    }

    /** Absolute folder of ours, with certificates in {@code tls} and password files in {@code users}. */
    String folder() {
        return installation.folder().toAbsolutePath().normalize().toString();
    }

    /** A release's folder is named for the digest of what was written into it. */
    static boolean isAsReleased(Release release) {
        return release.folder().toString().endsWith("-" + release.digest().substring(0, 12));
    }

    /**
     * The first test of what people wrote, in a cage, with the weights that are in force.
     *
     * @param candidate files of routes
     * @param people their own files, by name
     */
    void tryOut(Map<String, byte[]> candidate, Map<String, String> people) throws IOException, InterruptedException {
        SortedMap<String, String> all = new TreeMap<>(people);
        candidate.forEach((name, bytes) -> add(all, "shera.routes." + name, bytes));
        weights.currentFiles().forEach((name, bytes) -> add(all, "shera.weights." + name, bytes));
        try {
            new Trial(installation.binary(), installation.mainConfig()).of(all);
        } catch (Rollover.RefusedException e) {
            throw new Rollover.RefusedException(
                    e.getMessage().replace("shera.routes.", "").replace("shera.weights.", "weights/"));
        }
    }

    private static void add(Map<String, String> all, String name, byte[] bytes) {
        if (name.endsWith(".conf")) {
            all.put(name, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** Tests a candidate of the routes. */
    NginxService routeService() {
        return new NginxService(
                installation,
                new NginxService.Lane("/", RouteFiles.PROOF, candidate -> List.of(candidate.folder() + "/*.conf")));
    }

    /** Tests a candidate with exactly these files in place of ours. */
    NginxService service(String endpoint, String proof, Function<Release, List<String>> whole) {
        return new NginxService(installation, new NginxService.Lane(endpoint, proof, whole));
    }

    /** What the routes in force have of upstreams that change without reload. */
    private Optional<String> live() {
        Path file = routes.currentLink().resolve(RouteFiles.LIVE);
        return Files.isRegularFile(file) ? Optional.of(file.toString()) : Optional.empty();
    }

    /** Tests a candidate of the weights with the routes that are in force. */
    NginxService weightService() {
        return new NginxService(installation, new NginxService.Lane("/weights", WeightFiles.PROOF, candidate -> {
            List<String> whole = new ArrayList<>(List.of(
                    routes.currentLink() + "/" + RouteFiles.PROOF,
                    routes.currentLink() + "/version.conf",
                    candidate.folder() + "/*.conf"));
            live().ifPresent(whole::add);
            if (Files.isSymbolicLink(site.currentLink())) {
                whole.add(site.currentLink() + "/*.conf");
            }
            return whole;
        }));
    }

    /** Tests a candidate of the files of people with the routes and weights that are in force. */
    NginxService siteService() {
        return new NginxService(installation, new NginxService.Lane(SiteFiles.ENDPOINT, SiteFiles.PROOF, candidate -> {
            List<String> whole = new ArrayList<>();
            if (Files.isSymbolicLink(routes.currentLink())) {
                for (String name : List.of(RouteFiles.PROOF, "version.conf", "weights.conf")) {
                    whole.add(routes.currentLink() + "/" + name);
                }
                live().ifPresent(whole::add);
            }
            whole.add(candidate.folder() + "/*.conf");
            return whole;
        }));
    }

    /** Tests a candidate of the streams with everything else that is in force. */
    NginxService streamService() {
        return new NginxService(
                installation,
                new NginxService.Lane("", StreamFiles.PROOF, candidate -> List.of(candidate.folder() + "/*.conf")));
    }
}
