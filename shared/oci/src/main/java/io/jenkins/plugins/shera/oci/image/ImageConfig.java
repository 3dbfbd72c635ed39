package io.jenkins.plugins.shera.oci.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of an image, changed in place by who builds one; fields this class does not know are kept as they came.
 *
 * <p>Not safe for use by several threads.
 */
public final class ImageConfig {
    private final ObjectNode json;

    private ImageConfig(ObjectNode json) {
        this.json = json;
    }

    /** An image with nothing in it. */
    public static ImageConfig empty(Platform platform) {
        ObjectNode json = Json.object();
        json.put("architecture", platform.architecture());
        json.put("os", platform.os());
        if (!platform.variant().isEmpty()) {
            json.put("variant", platform.variant());
        }
        json.putObject("config");
        json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        json.putArray("history");
        return new ImageConfig(json);
    }

    /** Reads an OCI or a docker configuration. */
    public static ImageConfig read(byte[] content) throws IOException {
        ObjectNode json = Json.read(content, "image configuration");
        ImageConfig config = new ImageConfig(json);
        for (JsonNode id : config.rootfs().withArray("diff_ids")) {
            if (!Digest.isDigest(id.asText())) {
                throw new IOException("The image configuration is damaged: its rootfs.diff_ids are not digests.");
            }
        }
        return config;
    }

    /** A copy that can be changed apart. */
    public ImageConfig copy() {
        return new ImageConfig(json.deepCopy());
    }

    /** The bytes as they are pushed. */
    public byte[] write() {
        return Json.write(json);
    }

    /** The part that says how a container is run; made when it is missing. */
    public ObjectNode container() {
        return json.get("config") instanceof ObjectNode object ? object : json.putObject("config");
    }

    /** Digests of the unpacked layers, lowest first. */
    public List<Digest> diffIds() {
        List<Digest> ids = new ArrayList<>();
        rootfs().withArray("diff_ids").forEach(id -> ids.add(Digest.parse(id.asText())));
        return ids;
    }

    /** Notes one more layer on top. */
    public void addLayer(Digest diffId, String createdBy) {
        rootfs().withArray("diff_ids").add(diffId.toString());
        json.withArray("history").addObject().put("created_by", createdBy);
    }

    /** Notes an instruction that changed the configuration only. */
    public void addEmptyLayer(String createdBy) {
        json.withArray("history").addObject().put("created_by", createdBy).put("empty_layer", true);
    }

    /** When the image was made, to the second. */
    public void created(Instant when) {
        json.put(
                "created",
                when.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
    }

    /** Drops what an earlier builder wrote about its own machine. */
    public void forgetBuilder() {
        json.remove(List.of(
                "container",
                "container_config",
                "docker_version",
                "moby.buildkit.buildinfo.v1",
                "moby.buildkit.cache.v0"));
    }

    /** For which platform the image is. */
    public Platform platform() {
        return new Platform(
                json.path("os").asText("linux"),
                json.path("architecture").asText(""),
                json.path("variant").asText(""));
    }

    /** The labels, sorted by key. */
    public Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        container()
                .path("Labels")
                .fields()
                .forEachRemaining(e -> labels.put(e.getKey(), e.getValue().asText()));
        return labels;
    }

    /** Replaces all labels; they are written sorted, so that the same labels give the same bytes. */
    public void labels(Map<String, String> labels) {
        ObjectNode node = Json.object();
        new TreeMap<>(labels).forEach(node::put);
        if (labels.isEmpty()) {
            container().remove("Labels");
        } else {
            container().set("Labels", node);
        }
    }

    /** The environment in its order, a later definition in the place of the first. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode entry : container().path("Env")) {
            String[] parts = entry.asText().split("=", 2);
            environment.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        return environment;
    }

    /** Replaces the environment. */
    public void environment(Map<String, String> environment) {
        ArrayNode list = Json.object().putArray("Env");
        environment.forEach((key, value) -> list.add(key + "=" + value));
        container().set("Env", list);
    }

    /** The folder a container starts in; {@code /} when none is set. */
    public String workingDir() {
        String dir = container().path("WorkingDir").asText("");
        return dir.isEmpty() ? "/" : dir;
    }

    private ObjectNode rootfs() {
        return json.get("rootfs") instanceof ObjectNode object
                ? object
                : json.putObject("rootfs").put("type", "layers");
    }
}
