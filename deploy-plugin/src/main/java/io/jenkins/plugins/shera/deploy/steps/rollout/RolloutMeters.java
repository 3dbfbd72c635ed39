package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Reading;
import io.jenkins.plugins.shera.platform.meters.Total;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    @Override
    public List<Total> totals() {
        return Arrays.stream(Phase.values())
                .filter(phase -> !phase.isEnd())
                .map(phase -> new Total(
                        "rollouts." + phase.name().toLowerCase(Locale.ROOT),
                        () -> Rollouts.get().phases().getOrDefault(phase, 0L)))
                .toList();
    }
}
