package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.deploy.canary.PlanStep.Pause;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetCanaryScale;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetMatch;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetWeight;
import io.jenkins.plugins.shera.platform.traffic.Match;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ready plans by name. */
public final class PlanTemplates {

    private static final Map<String, List<PlanStep>> PLANS = plans();

    private PlanTemplates() {}

    private static Map<String, List<PlanStep>> plans() {
        Map<String, List<PlanStep>> plans = new LinkedHashMap<>();
        plans.put(
                "5-25-50-100",
                List.of(
                        new SetWeight(5),
                        new Pause(300),
                        new SetWeight(25),
                        new Pause(300),
                        new SetWeight(50),
                        new Pause(300),
                        new SetWeight(100),
                        new Pause(60)));
        plans.put(
                "1-pod-first",
                List.of(new SetCanaryScale(1, 0), new SetWeight(1), new Pause(0), new SetWeight(50), new Pause(300)));
        plans.put("blueGreen", List.of(new SetCanaryScale(0, 100), new Pause(0), new SetWeight(100), new Pause(300)));
        plans.put(
                "ab",
                List.of(
                        new SetMatch(new Match(Match.Kind.COOKIE, "canary", "always")),
                        new SetMatch(new Match(Match.Kind.HEADER, "x-canary", "always")),
                        new Pause(0)));
        return plans;
    }

    /** Their names. */
    public static List<String> names() {
        return List.copyOf(PLANS.keySet());
    }

    /** The steps of one. */
    public static List<PlanStep> of(String name) {
        List<PlanStep> plan = PLANS.get(name);
        if (plan == null) {
            throw new IllegalArgumentException("There is no template '" + name.replaceAll("[^A-Za-z0-9-]", "?")
                    + "'. Give one of " + names() + ".");
        }
        return plan;
    }
}
