package io.jenkins.plugins.shera.deploy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Finds the application's container in a pod template, where there may be others beside it. */
public final class Containers {

    private Containers() {}

    /**
     * The container of this name, or the first.
     *
     * @throws IllegalArgumentException when there is no container
     */
    public static ObjectNode chosen(JsonNode template, String name) {
        JsonNode chosen = null;
        for (JsonNode each : template.path("spec").path("containers")) {
            if (chosen == null || each.path("name").asText().equals(name)) {
                chosen = each;
            }
        }
        if (chosen == null) {
            throw new IllegalArgumentException("The stable Deployment has no container. Deploy the application first.");
        }
        return (ObjectNode) chosen;
    }
}
