package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import io.jenkins.plugins.shera.nginx.render.Region;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nginx.render.WeightFiles;
import io.jenkins.plugins.shera.nginx.site.SiteFiles;
import io.jenkins.plugins.shera.nginx.trial.Protection;
import io.jenkins.plugins.shera.nginx.trial.Trial;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads an nginx for people. Used on the node itself; changes nothing. */
public final class NodeReader {
    /** Stands in place of a file that cannot be shown in part. */
    public static final String UNREADABLE = "# This file is not valid nginx configuration, so it is not shown.\n";

    private final NginxInstallation installation;
    private final ReleaseFolder folder;
    private final ReleaseFolder weights;
    private final ReleaseFolder site;

    /** Only keeps what it is given. */
    public NodeReader(NginxInstallation installation) {
        this.installation = installation;
        this.folder = new ReleaseFolder(installation.folder());
        this.weights = new ReleaseFolder(installation.folder().resolve("weights"));
        this.site = new ReleaseFolder(installation.folder().resolve("site"));
    }

    /**
     * The node as it is now.
     *
     * @param tenant whose part is read; null for all of it, with the node's own {@code nginx.conf}
     */
    public NodeReading read(String tenant) throws IOException, InterruptedException {
        NginxNode node = new NginxNode(installation);
        SortedMap<String, byte[]> routeFiles = folder.currentFiles();
        SortedMap<String, byte[]> weightFiles = weights.currentFiles();
        RouteSet routes = RouteFiles.read(routeFiles);
        WeightSet weightSet = WeightFiles.read(weightFiles);
        NginxStreams ports = new NginxStreams(installation);
        StreamSet streams = ports.now();
        Region region = tenant == null ? Region.whole() : Region.of(tenant, routes, streams);
        SortedMap<String, String> found = new TreeMap<>();
        SortedMap<String, String> intended = new TreeMap<>();
        SortedMap<String, String> generated = new TreeMap<>();
        if (folder.current().isPresent()) {
            show(region, "", routeFiles, found);
            show(region, "weights/", weightFiles, found);
            show(region, "", node.intended(), intended);
            show(region, "weights/", WeightFiles.render(weightSet), intended);
            byte[] text = node.generated(routes).getBytes(StandardCharsets.UTF_8);
            show(region, "", new TreeMap<>(Map.of(RouteFiles.PROOF, text)), generated);
        }
        if (ports.generation() > 0) {
            show(region, "streams/", ports.found(), found);
            show(region, "streams/", ports.intended(), intended);
        }
        if (tenant == null) {
            // Those of people are intended as they lie there: what a hand changed since stands among the changes.
            for (SortedMap<String, String> shown : List.of(found, intended)) {
                SiteFiles.read(site.currentFiles()).forEach((name, content) -> shown.put("site/" + name, content));
            }
            byte[] main = Files.readAllBytes(installation.mainConfig());
            found.put("nginx.conf", region.show("nginx.conf", main).orElse(UNREADABLE));
        } else {
            found.keySet().removeIf(name -> name.endsWith("version.conf"));
            intended.keySet().removeIf(name -> name.endsWith("version.conf"));
        }
        WaitingSite waiting = new WaitingSite(installation);
        Optional<Release> current = folder.current();
        return new NodeReading(
                tenant == null ? node.drift() : node.driftFor(tenant),
                running(),
                current.isPresent() ? at(folder.currentLink()) : 0,
                weights.current().map(Release::generation).orElse(0L),
                node.routes().routes().stream()
                        .filter(route -> isOf(tenant, route.owner().tenant()))
                        .toList(),
                weightSet.weights().stream()
                        .filter(weight -> isOf(tenant, weight.owner().tenant()))
                        .toList(),
                streams.streams().stream()
                        .filter(stream -> isOf(tenant, stream.owner().tenant()))
                        .toList(),
                Trial.protections().stream().map(Protection::name).toList(),
                found,
                intended,
                generated,
                tenant == null ? waiting.files().orElse(new TreeMap<>()) : new TreeMap<>(),
                tenant == null ? waiting.writtenAt() : 0,
                earlier(tenant, current.orElse(null)));
    }

    /**
     * The routes as they were in this generation.
     *
     * @throws NoSuchFileException if the node does not have it any more, with what to do
     */
    public RouteSet routesOf(long generation) throws IOException {
        for (Release release : folder.releases()) {
            Path intent = release.folder().resolve("routes.json");
            if (release.generation() == generation && Files.isRegularFile(intent)) {
                return RouteFiles.read(Map.of("routes.json", Files.readAllBytes(intent)));
            }
        }
        throw new NoSuchFileException(
                "generation " + generation,
                null,
                "this node does not have it any more: ten generations are kept. Choose another, or publish the routes anew.");
    }

    private NodeReading.Running running() throws InterruptedException {
        String version = "";
        try {
            version = NginxProgram.of(installation).version();
        } catch (IOException e) {
            // A program that cannot be run is told where something needs it; the files are read all the same.
        }
        long since = NginxMaster.find(installation.mainConfig())
                .map(NginxMaster::workersSince)
                .orElse(0L);
        return new NodeReading.Running(version.equals("0") ? "" : version, since);
    }

    private List<NodeReading.Earlier> earlier(String tenant, Release current) throws IOException {
        List<Release> all = new ArrayList<>(folder.releases());
        Collections.reverse(all);
        List<NodeReading.Earlier> earlier = new ArrayList<>();
        for (Release release : all) {
            if (current == null || release.generation() >= current.generation()) {
                continue;
            }
            old(tenant, release).ifPresent(earlier::add);
        }
        return earlier;
    }

    /** Nothing for one that cannot be read, or was removed meanwhile: it is for comparing alone. */
    private static Optional<NodeReading.Earlier> old(String tenant, Release release) {
        Path conf = release.folder().resolve(RouteFiles.PROOF);
        Path intent = release.folder().resolve("routes.json");
        if (!Files.isRegularFile(conf) || !Files.isRegularFile(intent)) {
            return Optional.empty();
        }
        try {
            RouteSet then = RouteFiles.read(Map.of("routes.json", Files.readAllBytes(intent)));
            Region region = tenant == null ? Region.whole() : Region.of(tenant, then);
            SortedMap<String, String> files = new TreeMap<>();
            show(region, "", new TreeMap<>(Map.of(RouteFiles.PROOF, Files.readAllBytes(conf))), files);
            return Optional.of(new NodeReading.Earlier(release.generation(), at(release.folder()), files));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void show(
            Region region, String prefix, SortedMap<String, byte[]> files, SortedMap<String, String> shown) {
        files.forEach((name, content) -> {
            if (name.endsWith(".conf")) {
                region.show(name, content)
                        .or(() -> Optional.of(UNREADABLE))
                        .filter(text -> !text.isBlank())
                        .ifPresent(text -> shown.put(prefix + name, text));
            }
        });
    }

    private static boolean isOf(String tenant, String owner) {
        return tenant == null || tenant.equals(owner);
    }

    /** Of the link itself: a hand in the folder it names does not make it younger. */
    private static long at(Path release) throws IOException {
        return Files.getLastModifiedTime(release, LinkOption.NOFOLLOW_LINKS).toMillis();
    }
}
