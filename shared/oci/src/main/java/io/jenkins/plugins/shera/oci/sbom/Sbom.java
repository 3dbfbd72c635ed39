package io.jenkins.plugins.shera.oci.sbom;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A bill of materials in CycloneDX 1.6; the same image gives the same bytes. */
public final class Sbom {
    /** The media type, which is what it is called beside an image, too. */
    public static final String TYPE = "application/vnd.cyclonedx+json";

    private static final String OURS = "io.shera.sbom.";
    private static final int MOST_COMPONENTS = 20_000;
    private static final int MOST_UNREAD = 200;

    private Sbom() {}

    /**
     * Writes it.
     *
     * @param repository the image's name without tag and digest
     * @param layers what each layer holds, the lowest first
     * @param groups finds the group of a library that does not tell it
     */
    public static byte[] write(String repository, Digest image, List<LayerFindings> layers, Groups groups) {
        Contents contents = new Contents(layers);
        Distribution distribution = contents.distribution();
        TreeMap<Component, Component> all = new TreeMap<>();
        if (!distribution.id().isEmpty()) {
            add(all, Component.of(distribution));
        }
        contents.packages.forEach(one -> add(all, Component.of(one, distribution)));
        groups.complete(contents.artifacts).forEach(one -> add(all, Component.of(one)));
        if (all.size() > MOST_COMPONENTS) {
            contents.unread.add("it holds " + all.size() + " components, of which " + MOST_COMPONENTS + " are listed");
        }
        ObjectNode bom = Json.object();
        bom.put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        bom.put("bomFormat", "CycloneDX");
        bom.put("specVersion", "1.6");
        bom.put(
                "serialNumber",
                "urn:uuid:" + UUID.nameUUIDFromBytes(image.toString().getBytes(StandardCharsets.US_ASCII)));
        bom.put("version", 1);
        describe(bom.putObject("metadata"), repository, image, contents);
        ArrayNode list = bom.putArray("components");
        Map<String, Integer> references = new HashMap<>();
        all.values().stream().limit(MOST_COMPONENTS).forEach(one -> list.add(entry(one, references)));
        ObjectNode whole = bom.putArray("compositions").addObject();
        whole.put("aggregate", contents.unread.isEmpty() ? "unknown" : "incomplete");
        whole.putArray("assemblies").add(image.toString());
        return Json.write(bom);
    }

    private static void add(Map<Component, Component> all, Component one) {
        all.computeIfAbsent(one, same -> same).locations.addAll(one.locations);
    }

    private static void describe(ObjectNode metadata, String repository, Digest image, Contents contents) {
        ObjectNode tool = metadata.putObject("tools").putArray("components").addObject();
        tool.put("type", "application");
        tool.put("name", "SheRa");
        ObjectNode component = metadata.putObject("component");
        component.put("type", "container");
        component.put("bom-ref", image.toString());
        component.put("name", repository);
        component.put("version", image.toString());
        component.put("purl", PackageUrl.image(repository, image.toString()));
        if (!contents.unread.isEmpty()) {
            ArrayNode properties = metadata.putArray("properties");
            contents.unread.stream()
                    .limit(MOST_UNREAD)
                    .forEach(why ->
                            properties.addObject().put("name", OURS + "unread").put("value", why));
        }
    }

    private static ObjectNode entry(Component one, Map<String, Integer> references) {
        int before = references.merge(one.reference(), 1, Integer::sum);
        ObjectNode json = Json.object();
        json.put("type", one.type);
        json.put("bom-ref", before == 1 ? one.reference() : one.reference() + "#" + before);
        put(json, "group", one.group);
        json.put("name", one.name.isEmpty() ? "unnamed" : one.name);
        put(json, "version", one.version);
        if (!one.sha256.isEmpty()) {
            ArrayNode hashes = json.putArray("hashes");
            hashes.addObject().put("alg", "SHA-1").put("content", one.sha1);
            hashes.addObject().put("alg", "SHA-256").put("content", one.sha256);
        }
        put(json, "purl", one.purl);
        if (!one.locations.isEmpty()) {
            ArrayNode places = json.putObject("evidence").putArray("occurrences");
            one.locations.forEach(place -> places.addObject().put("location", place));
        }
        return json;
    }

    private static void put(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }
}
