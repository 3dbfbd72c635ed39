package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutRecord;
import io.jenkins.plugins.shera.deploy.canary.SetPlan;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The release sets that this Jenkins leads. Nothing of them is kept here: what a set is and what it decided stands in each of its members,
 * and whoever drives one of these leads the set.
 */
@Extension
public class ReleaseSets implements ExtensionPoint {

    private final Map<String, LiveSet> led = new ConcurrentHashMap<>();

    /** The one instance. */
    public static ReleaseSets get() {
        return ExtensionList.lookupSingleton(ReleaseSets.class);
    }

    /** Leads the set of a member from now on, unless it is alone or its set is led already. */
    Optional<LiveSet> lead(RolloutPlan member) {
        return member.set() == null ? Optional.empty() : Optional.of(lead(member.set(), member.startedBy()));
    }

    private LiveSet lead(SetPlan set, String startedBy) {
        LiveSet fresh = new LiveSet(this, set, startedBy);
        LiveSet known = led.putIfAbsent(set.id(), fresh);
        if (known == null) {
            fresh.go();
            return fresh;
        }
        return known;
    }

    /** What ended just before a Jenkins went down, which may have told nobody or left something to be undone. */
    void late(RolloutRecord record) {
        boolean toUndo = record.status().phase() == Phase.HEALTHY
                && record.status().decision().equals("abort");
        if (record.trusted() && (toUndo || RolloutNews.isLate(record))) {
            lead(record.plan());
        }
    }

    /** Refuses a release of an application whose set is under way: that set may have to take it back. */
    void refuseStranger(RolloutPlan draft) throws RolloutException {
        String mine = draft.set() == null ? "" : draft.set().id();
        for (LiveSet each : led.values()) {
            boolean member = each.set().parts().stream()
                    .anyMatch(
                            part -> part.subject().key().equals(draft.subject().key()));
            if (member && each.isMoving() && !each.set().id().equals(mine)) {
                throw new RolloutException("Cannot begin a rollout of " + draft.subject()
                        + ": it is a member of a release set that is under way. Wait for the set, or abort it.");
            }
        }
    }

    /** Tells a whole set; the permission was checked by the caller. */
    void command(RolloutPlan member, SetVerb verb, String by) throws IOException, RolloutException, VerbException {
        if (member.set() == null) {
            throw new VerbException("Cannot " + verb.text() + ": " + member.subject()
                    + " is not a member of a release set. Give the verb to its rollout.");
        }
        LiveSet fresh = new LiveSet(this, member.set(), member.startedBy());
        // Held before it leads, so that no round comes between the orders for its members.
        synchronized (fresh) {
            LiveSet known = led.putIfAbsent(member.set().id(), fresh);
            if (known == null) {
                fresh.go();
            }
            (known == null ? fresh : known).command(verb, by);
        }
        // It may have ended at that moment, and has something to do again.
        lead(member);
    }

    void ended(LiveSet over) {
        led.remove(over.set().id(), over);
    }
}
