package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.security.ACL;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import java.util.List;
import java.util.Map;

/** Rollouts of a benchmark, begun and told without a page and without a build. */
public final class Releases {

    private Releases() {}

    /** Begins one of pods as shares, in the name of SYSTEM. */
    public static void begin(Subject subject, String image, String version, List<PlanStep> steps) throws Exception {
        Rollouts.get()
                .start(
                        RolloutPermit.draft(subject, steps, new ReplicasRouter(), 600, false, ACL.SYSTEM_USERNAME, ""),
                        image,
                        Map.of("VERSION", version),
                        PodSettings.NONE,
                        null,
                        null,
                        line -> {});
    }

    /** Aborts one. */
    public static void abort(Subject subject) throws Exception {
        Rollouts.get().command(subject, Verb.of(Verb.Kind.ABORT, ACL.SYSTEM_USERNAME));
    }

    /** How many are under way here. */
    public static long underWay() {
        return Rollouts.get().phases().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
