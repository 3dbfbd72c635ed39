package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.SetPlan;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.release.SetMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes a release set of rollouts that somebody may begin. Talks to nobody. */
final class SetPermit {

    private SetPermit() {}

    /**
     * The same rollouts as members of one set.
     *
     * @param after for each: names of applications, or {@code application/environment}, that must be stable before it is promoted
     * @throws IllegalArgumentException saying what does not go together
     */
    static List<RolloutPermit> together(List<RolloutPermit> alone, List<List<String>> after) {
        List<Subject> subjects =
                alone.stream().map(each -> each.draft().subject()).toList();
        List<String> keys = subjects.stream().map(SetPermit::key).toList();
        List<List<String>> resolved = new ArrayList<>();
        for (int i = 0; i < alone.size(); i++) {
            String own = keys.get(i);
            resolved.add(after.get(i).stream()
                    .flatMap(name -> named(name.strip(), own, subjects).stream())
                    .distinct()
                    .toList());
        }
        SetMachine.check(keys, resolved);
        List<SetPlan.Part> parts = new ArrayList<>();
        for (int i = 0; i < alone.size(); i++) {
            RolloutPermit permit = alone.get(i);
            parts.add(new SetPlan.Part(subjects.get(i), permit.draft().id(), permit.image(), resolved.get(i)));
        }
        SetPlan set = new SetPlan(UUID.randomUUID().toString(), parts);
        return alone.stream().map(each -> each.in(set)).toList();
    }

    private static String key(Subject subject) {
        return subject.application() + "/" + subject.environment();
    }

    /** An application stands for all of its members but the one that comes after it; what is unknown is left to be refused. */
    private static List<String> named(String name, String own, List<Subject> subjects) {
        List<String> found = subjects.stream()
                .filter(each -> each.application().equals(name))
                .map(SetPermit::key)
                .filter(each -> !each.equals(own))
                .toList();
        return found.isEmpty() ? List.of(name) : found;
    }
}
