package io.jenkins.plugins.shera.build.builders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.build.image.BuiltImage;
import io.jenkins.plugins.shera.oci.image.ImageConfig;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.layer.Layer;
import io.jenkins.plugins.shera.oci.layer.LayerPacking;
import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An image as {@code docker save} writes it: a tar with a {@code manifest.json} that names configuration and layers
 * (github.com/moby/docker-image-spec, "Combined Image JSON + Filesystem Changeset Format"). Read twice, as the list may come last.
 */
public final class ImageArchive {
    private static final int LARGEST_JSON = 8 * 1024 * 1024;
    private static final String BUILDAH_LABEL = "io.buildah.version";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a configuration says of how a container is run; all else is the builder's own. */
    private static final Set<String> KEPT = Set.of(
            "User",
            "ExposedPorts",
            "Env",
            "Entrypoint",
            "Cmd",
            "Volumes",
            "WorkingDir",
            "Labels",
            "StopSignal",
            "Shell",
            "Healthcheck",
            "OnBuild");

    private final Path archive;
    private final Map<String, String> links = new HashMap<>();

    private ImageArchive(Path archive) {
        this.archive = archive;
    }

    /** Takes the image over; its layers are packed into the spool folder. */
    public static BuiltImage read(Path archive, Path spool, Instant created) throws IOException {
        return new ImageArchive(archive).read(spool, created);
    }

    private BuiltImage read(Path spool, Instant created) throws IOException {
        JsonNode image = list();
        String configName = name(image.path("Config").asText(""));
        List<String> names = new ArrayList<>();
        image.path("Layers").forEach(layer -> names.add(name(layer.asText(""))));
        Map<String, Layer> layers = new HashMap<>();
        byte[] config = null;
        try (InputStream file = open()) {
            TarReader tar = new TarReader(file, TarReader.Limits.USUAL);
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                if (entry.kind() != TarEntry.Kind.FILE) {
                    continue;
                }
                if (entry.name().equals(configName)) {
                    config = small(tar);
                } else if (names.contains(entry.name()) && !layers.containsKey(entry.name())) {
                    layers.put(entry.name(), LayerPacking.pack(tar, Files.createTempFile(spool, "layer", "")));
                }
            }
        }
        if (config == null) {
            throw damaged("its configuration is missing.");
        }
        return image(ImageConfig.read(config), names, layers, created);
    }

    private BuiltImage image(ImageConfig config, List<String> names, Map<String, Layer> layers, Instant created)
            throws IOException {
        ImagePush push = new ImagePush();
        for (int i = 0; i < names.size(); i++) {
            Layer layer = layers.get(names.get(i));
            if (layer == null
                    || i >= config.diffIds().size()
                    || !layer.diffId().equals(config.diffIds().get(i))) {
                throw damaged("its layer " + (i + 1) + " is missing, or not the one its configuration names.");
            }
            push.add(layer);
        }
        if (names.size() != config.diffIds().size()) {
            throw damaged("it has fewer layers than its configuration names.");
        }
        config.forgetBuilder();
        ObjectNode container = config.container();
        container.retain(KEPT);
        List<String> empty = new ArrayList<>();
        container.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()
                    || value.isContainerNode() && value.isEmpty()
                    || value.asText("x").isEmpty() && value.isTextual()) {
                empty.add(field.getKey());
            }
        });
        container.remove(empty);
        Map<String, String> labels = config.labels();
        labels.remove(BUILDAH_LABEL);
        config.labels(labels);
        config.created(created);
        return new BuiltImage(push, config);
    }

    /** The one image that is listed; remembers links, by which docker saves a layer that comes twice. */
    private JsonNode list() throws IOException {
        byte[] list = null;
        try (InputStream file = open()) {
            TarReader tar = new TarReader(file, TarReader.Limits.USUAL);
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                if (entry.kind() == TarEntry.Kind.SYMLINK) {
                    links.put(entry.name(), beside(entry));
                } else if (entry.kind() == TarEntry.Kind.FILE && entry.name().equals("manifest.json")) {
                    list = small(tar);
                }
            }
        }
        JsonNode images = list == null ? null : JSON.readTree(list);
        if (images == null || !images.isArray() || images.size() != 1) {
            throw damaged("it does not list exactly one image.");
        }
        return images.get(0);
    }

    private static String beside(TarEntry link) {
        Path folder = Path.of("/" + EntryNames.parent(link.name()));
        return folder.resolve(link.link()).normalize().toString().substring(1);
    }

    private String name(String listed) {
        return links.getOrDefault(listed, listed);
    }

    private InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
    }

    private byte[] small(InputStream in) throws IOException {
        byte[] content = in.readNBytes(LARGEST_JSON + 1);
        if (content.length > LARGEST_JSON) {
            throw damaged("its description is larger than " + LARGEST_JSON + " bytes.");
        }
        return content;
    }

    private static IOException damaged(String why) {
        return new IOException("The image that the builder gave is damaged: " + why + " Build again; if it stays, use"
                + " another builder.");
    }
}
