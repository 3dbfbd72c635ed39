package io.jenkins.plugins.shera.deploy.apm;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How the switch of an application stands, read from its Deployment: an agent in its pods means on, a mark on the Deployment itself, which
 * restarts nothing, means canary.
 *
 * @param mode which pods carry an agent
 * @param agent its name, empty when off
 */
public record ApmState(ApmMode mode, String agent) {

    /** The mark of a Deployment whose canaries carry an agent: its name. */
    public static final String MARK = "shera.io/apm-canary";

    /** As the Deployment has it. */
    public static ApmState of(JsonNode deployment) {
        String carried = AgentTemplate.agentOf(deployment.path("spec").path("template"));
        String marked = mark(deployment);
        if (!carried.isEmpty()) {
            return new ApmState(ApmMode.ON, carried);
        }
        return marked.isEmpty() ? new ApmState(ApmMode.OFF, "") : new ApmState(ApmMode.CANARY, marked);
    }

    /** The mark of a Deployment or ReplicaSet, or empty. */
    public static String mark(JsonNode object) {
        return object.path("metadata").path("annotations").path(MARK).asText("");
    }

    /** For people: {@code on (pinpoint)}. */
    @Override
    public String toString() {
        return agent.isEmpty() ? mode.word() : mode.word() + " (" + agent + ")";
    }
}
