package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutRecord;
import io.jenkins.plugins.shera.deploy.canary.SetPlan;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.release.Member;
import io.jenkins.plugins.shera.deploy.release.SetMachine;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import io.jenkins.plugins.shera.deploy.release.SetVerbs;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/** What pages and commands ask of a release set, found by any of its members. The caller has checked the permission. */
public final class SetDesk {

    private static final Duration WRITE = Duration.ofSeconds(30);

    private SetDesk() {}

    /**
     * One member as it is seen now.
     *
     * @param seen empty where its cluster does not answer or another rollout followed
     * @param trouble why it cannot be seen, or empty
     */
    public record SeenMember(SetPlan.Part part, Member member, Optional<Rollouts.Seen> seen, String trouble) {}

    /**
     * A set as it is seen now.
     *
     * @param asked the member by which it was found
     */
    public record Seen(
            RolloutPlan asked, List<SeenMember> members, SetMachine.Outcome outcome, String why, Set<SetVerb> verbs) {}

    /** The set that the last rollout of an application was a member of; empty when it was alone. */
    public static Optional<Seen> look(Subject subject) {
        Optional<RolloutRecord> asked =
                RolloutDesk.look(subject).map(Rollouts.Seen::record).filter(RolloutRecord::trusted);
        if (asked.isEmpty() || asked.get().plan().set() == null) {
            return Optional.empty();
        }
        SetPlan set = asked.get().plan().set();
        List<SeenMember> members =
                set.parts().stream().map(part -> member(set, part)).toList();
        List<Member> plain = members.stream().map(SeenMember::member).toList();
        SetMachine.Round round = SetMachine.next(plain);
        return Optional.of(
                new Seen(asked.get().plan(), members, round.outcome(), round.why(), SetVerbs.fitting(plain)));
    }

    private static SeenMember member(SetPlan set, SetPlan.Part part) {
        try {
            Optional<Rollouts.Seen> seen = RolloutDesk.look(part.subject());
            if (seen.isPresent() && !seen.get().record().trusted()) {
                return new SeenMember(part, SetEyes.hidden(set, part), Optional.empty(), "");
            }
            String problem = seen.map(Rollouts.Seen::problem).orElse("");
            if (!problem.isEmpty()) {
                return new SeenMember(part, SetEyes.hidden(set, part), seen, problem);
            }
            Member member = SetEyes.of(set, part, seen.map(Rollouts.Seen::record));
            return new SeenMember(part, member, member.isKnown() ? seen : Optional.empty(), "");
        } catch (Refusal e) {
            return new SeenMember(part, SetEyes.hidden(set, part), Optional.empty(), e.getMessage());
        }
    }

    /** Tells the set of which the last rollout of an application is a member, in the name of the caller. */
    public static void command(Subject subject, SetVerb verb) {
        String caller = Jenkins.getAuthentication2().getName();
        RolloutDesk.within(WRITE, subject, () -> {
            command(subject, verb, caller);
            return null;
        });
    }

    /** The same in anybody's name, and waiting as long as it takes. */
    static void command(Subject subject, SetVerb verb, String caller)
            throws IOException, RolloutException, VerbException {
        RolloutRecord record = Rollouts.get()
                .look(subject)
                .map(Rollouts.Seen::record)
                .filter(RolloutRecord::trusted)
                .orElseThrow(() -> new VerbException("Cannot " + verb.text() + ": there is no rollout of " + subject
                        + " that this Jenkins recorded."));
        ReleaseSets.get().command(record.plan(), verb, caller);
        for (SetPlan.Part part : record.plan().set().parts()) {
            RolloutDiary.said(part.subject(), "set." + verb.text(), caller, "");
        }
    }
}
