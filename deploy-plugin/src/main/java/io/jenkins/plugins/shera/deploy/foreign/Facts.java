package io.jenkins.plugins.shera.deploy.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutRecord;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Side;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.World;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import java.util.List;
import java.util.Map;

/** Puts what was read of another controller's rollout into our words. */
final class Facts {

    private Facts() {}

    static RolloutRecord record(
            Subject subject,
            JsonNode live,
            String router,
            List<PlanStep> steps,
            JsonNode before,
            JsonNode after,
            Phase phase,
            int step,
            String waitsFor,
            String reason) {
        JsonNode metadata = live.path("metadata");
        RolloutPlan plan = new RolloutPlan(
                metadata.path("uid").asText(), subject, steps, router, Map.of(), before, after, 0, false, "", "");
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("phase", phase.text()).put("settled", phase.isEnd()).put("step", step);
        status.put("waitsFor", waitsFor).put("reason", reason);
        status.put("generation", metadata.path("generation").asLong());
        return new RolloutRecord(
                plan, RolloutStatus.of(status), metadata.path("resourceVersion").asText(), true);
    }

    static World world(Side stable, Side canary, int weight) {
        Traffic traffic = Traffic.of(Math.max(0, Math.min(100, weight)));
        return new World(stable, canary, new TrafficReading(0, traffic, true, ""), Split.REQUESTS, false, false, 0, -1);
    }

    /** A side of so many pods, of which so many serve. */
    static Side side(int desired, int ready) {
        return desired == 0 && ready == 0 ? Side.NONE : new Side(true, desired, ready, "", ready >= desired, false, "");
    }
}
