package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutRecord;
import io.jenkins.plugins.shera.deploy.canary.SetPlan;
import io.jenkins.plugins.shera.deploy.release.Member;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads the members of a release set; what is over, or did not answer, is asked again only every few seconds. */
final class SetEyes {

    private static final Logger LOGGER = Logger.getLogger(SetEyes.class.getName());
    private static final String UNDO = "-undo";
    private static final long AGAIN_NANOS = 5_000_000_000L;

    private final SetPlan set;
    private final Map<String, Look> last = new HashMap<>();

    private record Look(Member member, long at) {}

    SetEyes(SetPlan set) {
        this.set = set;
    }

    /** All members, in the order of the set. */
    List<Member> look() {
        List<Member> members = new ArrayList<>();
        for (SetPlan.Part part : set.parts()) {
            Look known = last.get(part.key());
            long now = System.nanoTime();
            boolean quiet = known != null
                    && now - known.at() < AGAIN_NANOS
                    && (!known.member().isKnown() || known.member().status().isOver());
            Look fresh = quiet ? known : new Look(read(part), now);
            last.put(part.key(), fresh);
            members.add(fresh.member());
        }
        return members;
    }

    /** The same, whatever was read before. */
    List<Member> lookAnew() {
        last.clear();
        return look();
    }

    /** What was read of a member does not hold any more. */
    void open(SetPlan.Part part) {
        last.remove(part.key());
    }

    private Member read(SetPlan.Part part) {
        try {
            Optional<Rollouts.Seen> seen = Rollouts.get().look(part.subject());
            boolean troubled = seen.isPresent()
                    && (!seen.get().problem().isEmpty() || !seen.get().record().trusted());
            return troubled ? hidden(set, part) : of(set, part, seen.map(Rollouts.Seen::record));
        } catch (IOException | RolloutException | Refusal | IllegalArgumentException e) {
            LOGGER.log(Level.FINE, "a member of a release set cannot be seen: " + part.subject(), e);
            return hidden(set, part);
        }
    }

    /** A member whose cluster does not answer. */
    static Member hidden(SetPlan set, SetPlan.Part part) {
        return Member.unseen(part.key(), set.name(part), part.after(), false);
    }

    /** A member as it is recorded; empty where its cluster answers that nothing is. */
    static Member of(SetPlan set, SetPlan.Part part, Optional<RolloutRecord> found) {
        if (found.isPresent()) {
            String id = found.get().plan().id();
            boolean undone = id.equals(part.rollout() + UNDO);
            if (undone || id.equals(part.rollout())) {
                return Member.seen(
                        part.key(),
                        set.name(part),
                        part.after(),
                        undone,
                        found.get().plan(),
                        found.get().status());
            }
        }
        return Member.unseen(part.key(), set.name(part), part.after(), true);
    }

    /** The rollout by which a member that was released goes back. */
    RolloutPlan wayBack(SetPlan.Part part, String startedBy) {
        return RolloutPermit.draft(part.subject(), part.rollout() + UNDO, startedBy)
                .in(set, List.of());
    }
}
