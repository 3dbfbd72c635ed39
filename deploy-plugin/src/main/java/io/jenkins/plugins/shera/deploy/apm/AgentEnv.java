package io.jenkins.plugins.shera.deploy.apm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** The variables of one container: an agent's are added behind those of the application, which always win. */
final class AgentEnv {

    private static final String OPTIONS = "JAVA_TOOL_OPTIONS";

    private final ObjectNode container;
    private final ObjectNode note;

    /** What is put in is noted, and taken out by that note. */
    AgentEnv(ObjectNode container, JsonNode note) {
        this.container = container;
        this.note = (ObjectNode) note;
    }

    void put(Agent agent, Map<String, String> words, AgentSource source) throws IOException {
        Map<String, String> here = new HashMap<>(words);
        here.put("dir", AgentParts.DIR);
        for (Map.Entry<String, String> each : agent.env().entrySet()) {
            if (find(each.getKey()).isEmpty()) {
                add(each.getKey(), each.getValue(), here);
            }
        }
        String option = AgentWords.fill(agent.option(), here);
        Optional<ObjectNode> own = find(OPTIONS);
        if (own.isPresent()) {
            append(own.get(), option);
        } else {
            note.withArrayProperty("env").add(OPTIONS);
            container
                    .withArrayProperty("env")
                    .addObject()
                    .put("name", OPTIONS)
                    .put("value", behind(ofImage(source), option));
        }
    }

    private void add(String name, String value, Map<String, String> words) {
        note.withArrayProperty("env").add(name);
        ObjectNode variable = container.withArrayProperty("env").addObject().put("name", name);
        if (value.equals(AgentWords.POD)) {
            variable.putObject("valueFrom")
                    .putObject("fieldRef")
                    .put("apiVersion", "v1")
                    .put("fieldPath", "metadata.name");
        } else {
            variable.put("value", AgentWords.fill(value, words));
        }
    }

    private void append(ObjectNode own, String option) {
        if (own.has("valueFrom")) {
            throw new IllegalArgumentException("its variable " + OPTIONS + " comes from elsewhere (valueFrom), and"
                    + " nothing can be appended to what is not known here. Give it as a plain value, then switch.");
        }
        // A variable without a value is one of the empty text; afterwards it is again without one.
        if (own.has("value")) {
            note.put("had", own.path("value").asText());
        } else {
            note.putNull("had");
        }
        own.put("value", behind(own.path("value").asText(""), option));
    }

    /** A variable of the container hides the image's, so what the image says must be said again. */
    private String ofImage(AgentSource source) throws IOException {
        for (JsonNode from : container.path("envFrom")) {
            throw new IllegalArgumentException("its container takes variables from "
                    + (from.has("secretRef") ? "a Secret" : "a ConfigMap") + " (envFrom), which may set " + OPTIONS
                    + " and would be hidden. Give env " + OPTIONS
                    + " as a plain value, which may be empty, then switch.");
        }
        String image = container.path("image").asText();
        return source.options(image)
                .orElseThrow(() -> new IllegalArgumentException("nobody here can read whether the image " + image
                        + " sets " + OPTIONS + ", which would be lost. Configure its registry for the tenant, or deploy"
                        + " once with env: [" + OPTIONS + ": '...'], which may be empty, then switch."));
    }

    private static String behind(String before, String option) {
        return before.isBlank() ? option : before.stripTrailing() + " " + option;
    }

    void take() {
        if (!(container.get("env") instanceof ArrayNode env)) {
            return;
        }
        for (Iterator<JsonNode> each = env.iterator(); each.hasNext(); ) {
            ObjectNode variable = (ObjectNode) each.next();
            if (isNoted(variable.path("name").asText())) {
                each.remove();
            }
        }
        if (note.has("had")) {
            find(OPTIONS).ifPresent(own -> {
                if (note.path("had").isNull()) {
                    own.remove("value");
                } else {
                    own.put("value", note.path("had").asText());
                }
            });
        }
        if (env.isEmpty()) {
            container.remove("env");
        }
    }

    private boolean isNoted(String name) {
        for (JsonNode each : note.path("env")) {
            if (each.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private Optional<ObjectNode> find(String name) {
        for (JsonNode each : container.path("env")) {
            if (each.path("name").asText().equals(name)) {
                return Optional.of((ObjectNode) each);
            }
        }
        return Optional.empty();
    }
}
