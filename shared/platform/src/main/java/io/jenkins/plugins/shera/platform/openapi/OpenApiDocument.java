package io.jenkins.plugins.shera.platform.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.extension.ApiDescription;
import java.io.IOException;
import java.util.Map;

/** One document of all parts (OpenAPI Specification 3.0.3); two parts may not say different things under one name. */
public final class OpenApiDocument {
    private static final String BEAN = "bean:";

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final BeanSchemas beans = new BeanSchemas();

    private OpenApiDocument() {}

    /** The document of all plugins that are there; {@code root} is the address that its paths begin at. */
    public static ObjectNode of(Iterable<? extends ApiDescription> parts, String root) throws IOException {
        OpenApiDocument all = new OpenApiDocument();
        all.document
                .put("openapi", "3.0.3")
                .putObject("info")
                .put("title", "SheRa")
                .put("version", "1");
        all.document.putArray("servers").addObject().put("url", root);
        for (ApiDescription part : parts) {
            all.add(part);
        }
        ObjectNode schemas = all.document.withObject("/components/schemas");
        all.beans.schemas().forEach((name, schema) -> put(schemas, name, schema));
        return all.document;
    }

    private void add(ApiDescription part) throws IOException {
        ObjectNode read = part.read();
        resolve(read, part.getClass().getClassLoader());
        if (read.has("security")) {
            document.set("security", read.get("security"));
        }
        if (!read.at("/info/description").isMissingNode()
                && !document.at("/info").has("description")) {
            ((ObjectNode) document.get("info")).set("description", read.at("/info/description"));
        }
        merge(document.withObject("/paths"), read.path("paths"));
        for (Map.Entry<String, JsonNode> kind : read.path("components").properties()) {
            merge(document.withObject("/components/" + kind.getKey()), kind.getValue());
        }
    }

    private static void merge(ObjectNode to, JsonNode from) {
        from.properties().forEach(each -> put(to, each.getKey(), each.getValue()));
    }

    private static void put(ObjectNode to, String name, JsonNode value) {
        JsonNode there = to.get(name);
        if (there != null && !there.equals(value)) {
            throw new IllegalStateException("Two parts of the OpenAPI document say different things of " + name);
        }
        to.set(name, value);
    }

    private void resolve(JsonNode node, ClassLoader loader) {
        if (node instanceof ObjectNode object) {
            String reference = object.path("$ref").asText();
            if (reference.startsWith(BEAN)) {
                object.put("$ref", beans.reference(load(reference.substring(BEAN.length()), loader)));
            }
        }
        node.forEach(child -> resolve(child, loader));
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The OpenAPI document names a class that is not there: " + name, e);
        }
    }
}
