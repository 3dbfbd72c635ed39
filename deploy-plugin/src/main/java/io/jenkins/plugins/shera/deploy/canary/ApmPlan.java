package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.apm.ApmMode;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import java.util.List;

/**
 * What switching APM would do, tried by the server without keeping it.
 *
 * @param now how the switch stands
 * @param wanted how it would stand
 * @param restarts how many stable pods are replaced, 0 when none is
 * @param lines what would change, for people
 * @param before the pod template now
 * @param after the pod template then
 * @param marked what would be applied
 */
public record ApmPlan(
        ApmState now,
        ApmState wanted,
        int restarts,
        List<String> lines,
        JsonNode before,
        JsonNode after,
        ObjectNode marked) {

    /** Whether the switch stands as wanted already. */
    public boolean isDone() {
        return lines.isEmpty();
    }

    /** Whether pods are replaced. */
    public boolean isRelease() {
        return !Templates.hash(before).equals(Templates.hash(after));
    }

    /** How the plan of a rollout says it. */
    ApmChange change() {
        return new ApmChange("APM " + wanted, mark(now), mark(wanted));
    }

    private static String mark(ApmState state) {
        return state.mode() == ApmMode.CANARY ? state.agent() : "";
    }
}
