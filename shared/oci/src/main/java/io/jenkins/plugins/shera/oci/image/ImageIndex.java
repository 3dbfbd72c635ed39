package io.jenkins.plugins.shera.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of manifests, one for each platform. */
public final class ImageIndex {
    private static final int MOST_MANIFESTS = 500;

    private final RawManifest raw;
    private final Map<Descriptor, Platform> manifests;

    private ImageIndex(RawManifest raw, Map<Descriptor, Platform> manifests) {
        this.raw = raw;
        this.manifests = manifests;
    }

    /** Reads an OCI index or a docker manifest list. */
    public static ImageIndex read(RawManifest raw) throws IOException {
        Map<Descriptor, Platform> manifests = new LinkedHashMap<>();
        for (JsonNode node :
                Json.read(raw.content(), "image index " + raw.digest()).path("manifests")) {
            JsonNode platform = node.path("platform");
            manifests.put(
                    Descriptor.read(node, "manifest " + (manifests.size() + 1)),
                    new Platform(
                            platform.path("os").asText(""),
                            platform.path("architecture").asText(""),
                            platform.path("variant").asText("")));
            if (manifests.size() > MOST_MANIFESTS) {
                throw new IOException(
                        "The image index " + raw.digest() + " lists more than " + MOST_MANIFESTS + " manifests.");
            }
        }
        return new ImageIndex(raw, manifests);
    }

    /** The OCI index of these manifests, in their order. */
    public static RawManifest of(Map<Descriptor, Platform> manifests) {
        ObjectNode json = Json.object();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode list = json.putArray("manifests");
        manifests.forEach((manifest, platform) -> {
            ObjectNode one = list.addObject();
            one.put("mediaType", manifest.mediaType());
            one.put("digest", manifest.digest().toString());
            one.put("size", manifest.size());
            ObjectNode parts = one.putObject("platform");
            parts.put("os", platform.os());
            parts.put("architecture", platform.architecture());
            if (!platform.variant().isEmpty()) {
                parts.put("variant", platform.variant());
            }
        });
        return RawManifest.of(MediaTypes.OCI_INDEX, Json.write(json));
    }

    /** The first manifest that fits the platform; an {@link IOException} that names what is offered when none does. */
    public Descriptor select(Platform platform) throws IOException {
        for (Map.Entry<Descriptor, Platform> entry : manifests.entrySet()) {
            if (platform.accepts(entry.getValue())) {
                return entry.getKey();
            }
        }
        List<String> offered = new ArrayList<>();
        manifests.values().stream()
                .filter(p -> !p.os().isEmpty() && !p.os().equals("unknown"))
                .forEach(p -> offered.add(p.toString()));
        throw new IOException("The image index " + raw.digest() + " has nothing for " + platform + "; it offers "
                + (offered.isEmpty() ? "nothing" : String.join(", ", offered)) + ".");
    }
}
