package io.jenkins.plugins.shera.deploy.apm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts an agent into a pod template and takes it out again, so that the template is the same as before, byte for byte. What was put in
 * stands in an annotation of the template, so that each revision knows it by itself.
 */
public final class AgentTemplate {

    /** Name of the volume and of the init container. */
    public static final String NAME = "shera-apm";

    private static final String ANNOTATION = "shera.io/apm";
    private static final ObjectMapper JSON = new ObjectMapper();

    private AgentTemplate() {}

    /** Name of the agent in the template, or empty. */
    public static String agentOf(JsonNode template) {
        JsonNode note = template.path("metadata").path("annotations").path(ANNOTATION);
        return note.isMissingNode() ? "" : note(note.asText()).path("agent").asText();
    }

    /**
     * With the agent, instead of the one that may be there.
     *
     * @param container its name; the first where none has it
     * @param words what the agent's texts may name
     * @param source says which options the image sets by itself
     * @throws IllegalArgumentException when it cannot be put in, saying why and what to do
     */
    public static ObjectNode on(
            JsonNode template, String container, Agent agent, Map<String, String> words, AgentSource source)
            throws IOException {
        ObjectNode made = off(template);
        ObjectNode spec = made.withObjectProperty("spec");
        refuseForeign(spec);
        ObjectNode chosen = container(spec, container);
        ObjectNode note = JSON.createObjectNode();
        note.put("agent", agent.name()).put("container", chosen.path("name").asText());
        new AgentEnv(chosen, note).put(agent, words, source);
        AgentParts.mount(agent, spec, chosen);
        made.withObject("/metadata/annotations").put(ANNOTATION, note.toString());
        return made;
    }

    /** Without any agent of ours; the same as it was before. */
    public static ObjectNode off(JsonNode template) {
        ObjectNode made = template.deepCopy();
        JsonNode annotation = made.path("metadata").path("annotations").path(ANNOTATION);
        if (annotation.isMissingNode()) {
            return made;
        }
        JsonNode note = note(annotation.asText());
        ObjectNode spec = made.withObjectProperty("spec");
        without(spec, "initContainers");
        without(spec, "volumes");
        ObjectNode chosen = container(spec, note.path("container").asText());
        without(chosen, "volumeMounts");
        new AgentEnv(chosen, note).take();
        ObjectNode metadata = made.withObjectProperty("metadata");
        metadata.withObjectProperty("annotations").remove(ANNOTATION);
        if (metadata.path("annotations").isEmpty()) {
            metadata.remove("annotations");
        }
        return made;
    }

    private static void without(ObjectNode from, String list) {
        if (!(from.get(list) instanceof ArrayNode entries)) {
            return;
        }
        for (Iterator<JsonNode> each = entries.iterator(); each.hasNext(); ) {
            if (each.next().path("name").asText().equals(NAME)) {
                each.remove();
            }
        }
        if (entries.isEmpty()) {
            from.remove(list);
        }
    }

    private static void refuseForeign(ObjectNode spec) {
        List<JsonNode> named = new ArrayList<>();
        spec.path("initContainers").forEach(named::add);
        spec.path("containers").forEach(named::add);
        spec.path("volumes").forEach(named::add);
        if (named.stream().anyMatch(each -> each.path("name").asText().equals(NAME))) {
            throw new IllegalArgumentException("a container or volume is named " + NAME
                    + " already, and it is not the switch's. Give it another name, then switch.");
        }
    }

    private static ObjectNode container(ObjectNode spec, String name) {
        Optional<JsonNode> first = Optional.empty();
        for (JsonNode each : spec.path("containers")) {
            if (each.path("name").asText().equals(name)) {
                return (ObjectNode) each;
            }
            first = first.isPresent() ? first : Optional.of(each);
        }
        return (ObjectNode) first.orElseThrow(
                () -> new IllegalArgumentException("the Deployment has no container. Deploy the application first."));
    }

    private static JsonNode note(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the annotation " + ANNOTATION + " of its pods was edited by somebody and cannot be read, so nobody"
                            + " knows what the switch put in. Put it back, or go back to a revision before (undoRollout).",
                    e);
        }
    }
}
