package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.pod.Containers;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Pod templates: which are the same, and what the new one is. */
public final class Templates {

    private static final ObjectMapper SORTED =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    /** What Kubernetes and {@code kubectl rollout restart} put there. */
    private static final String REVISION_LABEL = "pod-template-hash";

    private Templates() {}

    /** Short name of a template: equal for equal pods, whatever the order of fields. */
    public static String hash(JsonNode template) {
        try {
            byte[] text = SORTED.writeValueAsString(SORTED.convertValue(template, Object.class))
                    .getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest, 0, 10);
        } catch (com.fasterxml.jackson.core.JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The stable template with another image and, over its own, these variables and settings, in the container of this name or the
     * first.
     *
     * @throws IllegalArgumentException when there is no container, or a probe has no port
     */
    public static ObjectNode released(
            JsonNode stable, String container, String image, Map<String, String> env, PodSettings pod) {
        ObjectNode template = stable.deepCopy();
        ObjectNode chosen = Containers.chosen(template, container);
        chosen.put("image", image);
        for (Map.Entry<String, String> variable : env.entrySet()) {
            put(chosen, variable.getKey(), variable.getValue());
        }
        pod.onto(template, container);
        return template;
    }

    private static void put(ObjectNode container, String name, String value) {
        for (JsonNode each : container.path("env")) {
            if (each.path("name").asText().equals(name)) {
                ((ObjectNode) each).removeAll();
                ((ObjectNode) each).put("name", name).put("value", value);
                return;
            }
        }
        container.withArrayProperty("env").addObject().put("name", name).put("value", value);
    }

    /** A ReplicaSet's template as its Deployment had it. */
    public static ObjectNode ofReplicaSet(JsonNode replicaSet) {
        ObjectNode template = replicaSet.path("spec").path("template").deepCopy();
        if (template.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(REVISION_LABEL);
        }
        return template;
    }
}
