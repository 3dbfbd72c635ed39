package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.layer.ImageTree;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a stage: the base image's layers, read only when something depends on them, and those added here.
 *
 * <p>What a base layer holds is remembered in the cache folder, so that an unchanged base is not read again.
 */
final class StageFiles {
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final BuildRequest request;
    /** Null for the configuration of the base. */
    private ImageConfig start;

    private final Image base;
    private final List<Layer> added = new ArrayList<>();
    private final List<LayerWriter> writers = new ArrayList<>();
    private ImageTree tree;

    private StageFiles(BuildRequest request, Image base) {
        this.request = request;
        this.base = base;
    }

    static StageFiles scratch(BuildRequest request) {
        return new StageFiles(request, null);
    }

    static StageFiles on(Image base, BuildRequest request) {
        return new StageFiles(request, base);
    }

    /** The same files, to be added to apart, for a stage that goes on with this configuration. */
    StageFiles copy(ImageConfig config) {
        StageFiles copy = copy();
        copy.start = config.copy();
        return copy;
    }

    /** The same files, to be added to apart. */
    StageFiles copy() {
        StageFiles copy = new StageFiles(request, base);
        copy.added.addAll(added);
        copy.writers.addAll(writers);
        return copy;
    }

    /** The configuration the base image begins with. */
    ImageConfig baseConfig() {
        if (start != null) {
            return start;
        }
        ImageConfig config = base == null ? ImageConfig.empty(request.platform) : base.config();
        Map<String, String> environment = config.environment();
        if (config.platform().os().equals("linux") && !environment.containsKey("PATH")) {
            // As docker does, so that programs are found in images that say nothing of it.
            environment.put("PATH", USUAL_PATH);
            config.environment(environment);
        }
        return config;
    }

    /** Puts a layer on top that is packed from the writer's files. */
    void add(Layer layer, LayerWriter writer) {
        added.add(layer);
        writers.add(writer);
        if (tree != null) {
            tree.add(writer.entries());
        }
    }

    /** What the layers added here are packed from, by their digests. */
    Map<Digest, LayerWriter> writers() {
        Map<Digest, LayerWriter> all = new HashMap<>();
        for (int i = 0; i < added.size(); i++) {
            all.put(added.get(i).descriptor().digest(), writers.get(i));
        }
        return all;
    }

    ImagePush push() {
        ImagePush push = new ImagePush();
        if (base != null) {
            push.on(base);
        }
        added.forEach(push::add);
        return push;
    }

    /** What is where; reads layers of the base whose listing is not in the cache. */
    ImageTree tree() throws IOException {
        if (tree == null) {
            ImageTree all = new ImageTree();
            LayerListings listings = new LayerListings(request.cache, request.log);
            for (Descriptor layer : baseLayers()) {
                all.add(listings.of(base, layer).entries());
            }
            writers.forEach(writer -> all.add(writer.entries()));
            tree = all;
        }
        return tree;
    }

    private List<Descriptor> baseLayers() {
        return base == null ? List.of() : base.manifest().layers();
    }

    /** The contents of these files of the tree, each in a file of the spool folder; each layer is read once at most. */
    Map<String, BlobSource> contents(Set<String> names) throws IOException {
        Map<Integer, Map<String, Set<String>>> byLayer = new TreeMap<>();
        for (String name : names) {
            TarEntry entry = tree().find(name).orElseThrow();
            String stored = linked(entry).name();
            byLayer.computeIfAbsent(tree().layerOf(name), k -> new HashMap<>())
                    .computeIfAbsent(stored, k -> new HashSet<>())
                    .add(name);
        }
        Map<String, BlobSource> contents = new HashMap<>();
        for (Map.Entry<Integer, Map<String, Set<String>>> layer : byLayer.entrySet()) {
            try (LayerStream stream = open(layer.getKey())) {
                spool(stream, layer.getValue(), contents);
            }
        }
        return contents;
    }

    /** The file a hard link means, or the entry itself; layers hold both, so that it is never in a lower one. */
    TarEntry linked(TarEntry entry) throws IOException {
        TarEntry at = entry;
        for (int i = 0; i < 40 && at.kind() == TarEntry.Kind.HARD_LINK; i++) {
            String link = at.link();
            at = tree().find(link)
                    .orElseThrow(() -> new IOException("The image links to /" + link + ", which it does not hold."));
        }
        return at;
    }

    private void spool(LayerStream stream, Map<String, Set<String>> wanted, Map<String, BlobSource> contents)
            throws IOException {
        for (TarEntry entry = stream.tar().next();
                entry != null;
                entry = stream.tar().next()) {
            Set<String> names = wanted.get(entry.name());
            if (names != null && entry.kind() == TarEntry.Kind.FILE) {
                Path file = Files.createTempFile(request.spool, "content", "");
                Files.copy(stream.tar(), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                names.forEach(name -> contents.put(name, BlobSource.of(file)));
            }
        }
        stream.finish();
    }

    private LayerStream open(int number) throws IOException {
        List<Descriptor> below = baseLayers();
        if (number < below.size()) {
            Descriptor layer = below.get(number);
            return new LayerStream(base.home().openBlob(layer), layer, TarReader.Limits.USUAL);
        }
        Layer layer = added.get(number - below.size());
        return new LayerStream(layer.content().open(), layer.descriptor(), TarReader.Limits.USUAL);
    }
}
