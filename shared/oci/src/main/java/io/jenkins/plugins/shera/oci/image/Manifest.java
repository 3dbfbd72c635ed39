package io.jenkins.plugins.shera.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One image: its configuration and its layers, lowest first; keeps the very bytes it was read from. */
public final class Manifest {
    private static final int MOST_LAYERS = 500;

    private final RawManifest raw;
    private final Descriptor config;
    private final List<Descriptor> layers;

    private Manifest(RawManifest raw, Descriptor config, List<Descriptor> layers) {
        this.raw = raw;
        this.config = config;
        this.layers = List.copyOf(layers);
    }

    /** Reads an OCI or a docker schema 2 manifest. */
    public static Manifest read(RawManifest raw) throws IOException {
        ObjectNode json = Json.read(raw.content(), "manifest " + raw.digest());
        if (json.path("schemaVersion").asInt() != 2 || !json.path("config").isObject()) {
            throw new IOException("The manifest " + raw.digest() + " (" + raw.mediaType()
                    + ") is of no kind known here: OCI image manifest or docker schema 2 is needed.");
        }
        List<Descriptor> layers = new ArrayList<>();
        for (JsonNode layer : json.path("layers")) {
            layers.add(Descriptor.read(layer, "layer " + (layers.size() + 1)));
        }
        if (layers.size() > MOST_LAYERS) {
            throw new IOException("The manifest " + raw.digest() + " has more than " + MOST_LAYERS + " layers.");
        }
        return new Manifest(raw, Descriptor.read(json.get("config"), "config"), layers);
    }

    /** Writes an OCI manifest; the same arguments give the same bytes. */
    public static Manifest of(Descriptor config, List<Descriptor> layers) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_MANIFEST);
        json.set("config", config.write());
        ArrayNode list = json.putArray("layers");
        layers.forEach(layer -> list.add(layer.write()));
        return new Manifest(RawManifest.of(MediaTypes.OCI_MANIFEST, Json.write(json)), config, layers);
    }

    /** The bytes, their type and their digest. */
    public RawManifest raw() {
        return raw;
    }

    /** Name of the image itself. */
    public Digest digest() {
        return raw.digest();
    }

    /** Where the configuration is. */
    public Descriptor config() {
        return config;
    }

    /** The layers, lowest first. */
    public List<Descriptor> layers() {
        return layers;
    }

    /** Bytes a registry holds for this image: manifest, configuration and packed layers. */
    public long size() {
        return raw.content().length
                + config.size()
                + layers.stream().mapToLong(Descriptor::size).sum();
    }
}
