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
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** What pages and commands ask of a release set, found by any of its members. The caller has checked the permission. */
public final class SetDesk {

    private static final Logger LOGGER = Logger.getLogger(SetDesk.class.getName());
    private static final Duration WRITE = Duration.ofSeconds(30);
    /** What beginning one more member may take. */
    private static final Duration EACH = Duration.ofSeconds(10);

    private static final int MOST_MEMBERS = 20;

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

    /** Begins a release set in the name of the caller; answers the id of the set. All begin or none. */
    public static String begin(SetOrder order) {
        String caller = Jenkins.getAuthentication2().getName();
        List<SetOrder.Wanted> members = order.members();
        if (members.size() > MOST_MEMBERS) {
            throw Refusal.input("members", Messages.SetDesk_many(MOST_MEMBERS), Messages.SetDesk_many_next());
        }
        if (members.size() < 2) {
            throw Refusal.input("members", Messages.SetDesk_few(), Messages.SetDesk_few_next());
        }
        Duration limit = WRITE.plus(EACH.multipliedBy(members.size()));
        return RolloutDesk.within(limit, members.get(0).subject(), () -> begin(order, caller));
    }

    private static String begin(SetOrder order, String caller) throws IOException, RolloutException, DeployException {
        List<RolloutPermit> alone = new ArrayList<>();
        for (SetOrder.Wanted each : order.members()) {
            ImageReference image = ImageReference.parse(
                    each.from() == null
                            ? each.image()
                            : Reach.running(Rollouts.subject(each.application(), each.from())));
            RolloutPlan draft = RolloutDesk.draft(
                    each.subject(), each.environment(), order.template(), each.router(), each.route(), caller);
            alone.add(RolloutPermit.of(draft, image, each.env()));
        }
        List<RolloutPermit> together = SetPermit.together(
                alone, order.members().stream().map(SetOrder.Wanted::after).toList());
        String override = order.override().isEmpty() ? null : order.override();
        SetBeginning beginning =
                new SetBeginning(together.stream().map(SavedMember::new).toList(), override, null);
        try {
            return beginning
                    .begin(said -> LOGGER.log(Level.INFO, "{0}", said))
                    .set()
                    .id();
        } catch (RolloutException e) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT, Messages.SetDesk_notBegun(), "members", String.valueOf(e.getMessage()), "");
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
