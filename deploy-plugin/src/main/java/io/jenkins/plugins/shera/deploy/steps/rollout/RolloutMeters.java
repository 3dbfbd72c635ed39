package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many rollouts this Jenkins drives, by phase; those at rest are not driven and not counted. */
@Extension
public final class RolloutMeters extends MeterSource {

    @Override
    public List<Reading> readings() {
        Map<Phase, Long> phases = Rollouts.get().phases();
        List<Reading> all = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            all.add(new Reading(
                    "shera_rollouts",
                    "Rollouts that this Jenkins drives.",
                    Map.of("phase", phase.text()),
                    phases.getOrDefault(phase, 0L)));
        }
        return all;
    }
}
