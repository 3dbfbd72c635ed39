package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.SetPlan;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.release.Member;
import io.jenkins.plugins.shera.deploy.release.SetMachine;
import io.jenkins.plugins.shera.deploy.release.SetMachine.Outcome;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import io.jenkins.plugins.shera.deploy.release.SetVerbs;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One release set that this Jenkins leads, round by round, in the name of who started it. */
final class LiveSet {

    private static final Logger LOGGER = Logger.getLogger(LiveSet.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MOST_LINES = 1000;
    /** Members begin one after another, after a restart of Jenkins by a build that has to come back first. */
    private static final long BEGINNING_NANOS = Duration.ofSeconds(60).toNanos();
    /** A member that cannot be seen for a moment is no news. */
    private static final long HIDDEN_NANOS = Duration.ofSeconds(60).toNanos();

    private final ReleaseSets owner;
    private final SetPlan set;
    private final String startedBy;
    private final SetNews news;
    private final SetEyes eyes;
    private final long since = System.nanoTime();
    private final List<String> lines = new ArrayList<>();
    private Schedule schedule;
    private volatile Outcome outcome = Outcome.MOVING;
    private volatile String why = "";
    private volatile boolean ended;
    private boolean complete;
    private boolean silent;
    private boolean takeBack;
    private long degradedSince;
    private String by;

    LiveSet(ReleaseSets owner, SetPlan set, String startedBy) {
        this.owner = owner;
        this.set = set;
        this.startedBy = startedBy;
        this.by = startedBy;
        this.news = new SetNews(set, startedBy);
        this.eyes = new SetEyes(set);
    }

    void go() {
        schedule = Schedules.get().every(TICK, "a release set", ACL.SYSTEM_USERNAME, this::tick);
    }

    SetPlan set() {
        return set;
    }

    /** Whether it may still change what its members serve. */
    boolean isMoving() {
        return !ended && outcome != Outcome.DEGRADED;
    }

    /** Every member has begun: one that is not recorded from now on is gone. */
    synchronized void begun() {
        complete = true;
    }

    /** It did not begin: what had begun goes back, and the one message says why. */
    synchronized void notBegun(String reason) {
        complete = true;
        silent = true;
        takeBack = true;
        news.notBegun(reason);
        try {
            command(SetVerb.ABORT, startedBy);
        } catch (IOException | RolloutException | VerbException | RuntimeException e) {
            say("Could not take back what had begun: " + e.getMessage());
        }
    }

    private synchronized void tick() {
        if (ended) {
            return;
        }
        try (ACLContext ignored = ACL.as2(RolloutIdentity.of(startedBy))) {
            round();
        } catch (RolloutException | VerbException | Refusal | IllegalArgumentException | IOException e) {
            say("Waiting: " + e.getMessage());
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "a round of the release set " + set.id() + " failed", e);
            say("Waiting: " + e);
        }
    }

    private void round() throws IOException, RolloutException, VerbException {
        List<Member> members = eyes.look();
        if (takeBack && SetVerbs.fitting(members).contains(SetVerb.ABORT)) {
            command(SetVerb.ABORT, startedBy);
            return;
        }
        boolean gone = members.stream().anyMatch(Member::gone);
        SetMachine.Round round = SetMachine.next(members);
        if (gone && !complete && System.nanoTime() - since < BEGINNING_NANOS) {
            return;
        }
        outcome = round.outcome();
        why = round.why();
        if (!why.isEmpty()) {
            say((outcome == Outcome.DEGRADED ? "Degraded: " : outcome == Outcome.WAITING ? "Paused: " : "") + why);
        }
        carryOut(round.orders());
        boolean left = members.stream()
                .anyMatch(each -> each.isKnown() ? !each.status().isOver() : !each.gone());
        tell(members);
        if (outcome.isEnd()
                || outcome == Outcome.DEGRADED && !left && round.orders().isEmpty()) {
            if (outcome == Outcome.RELEASED) {
                say("Every member is released");
            }
            end();
        }
    }

    private void tell(List<Member> members) {
        long now = System.nanoTime();
        if (outcome != Outcome.DEGRADED) {
            degradedSince = now;
        }
        boolean moment = outcome == Outcome.DEGRADED && now - degradedSince < HIDDEN_NANOS;
        if (silent || moment) {
            return;
        }
        int attempt = members.stream()
                .filter(Member::isKnown)
                .mapToInt(each -> each.status().attempt())
                .max()
                .orElse(0);
        news.seen(outcome, why, attempt, members.stream().anyMatch(Member::undone));
    }

    private void carryOut(List<SetMachine.Order> orders) throws IOException, RolloutException, VerbException {
        for (SetMachine.Order order : orders) {
            give(order, by);
        }
    }

    private void give(SetMachine.Order order, String who) throws IOException, RolloutException, VerbException {
        SetPlan.Part part = set.parts().stream()
                .filter(each -> each.key().equals(order.member()))
                .findFirst()
                .orElseThrow();
        eyes.open(part);
        if (order.verb() == null) {
            RolloutPlan back = eyes.wayBack(part, startedBy);
            Rollouts.get().undo(back, "");
            RolloutDiary.said(part.subject(), "undo", who, "");
            return;
        }
        Verb verb = Verb.ofSet(order.verb(), who);
        Rollouts.get().command(part.subject(), verb);
        if (verb.kind() != Verb.Kind.PROMOTE) {
            RolloutDiary.said(part.subject(), verb);
        }
    }

    /** A person's word: recorded in every member that can be seen before this returns. */
    synchronized void command(SetVerb verb, String who) throws IOException, RolloutException, VerbException {
        List<Member> members = eyes.lookAnew();
        List<SetMachine.Order> orders = SetVerbs.orders(members, verb, who);
        if (verb == SetVerb.ABORT || verb == SetVerb.UNDO) {
            by = who;
        }
        for (SetMachine.Order order : orders) {
            give(order, who);
        }
    }

    /** Where it stood in the last round. */
    Outcome outcome() {
        return outcome;
    }

    /** Why, for people. */
    String why() {
        return why;
    }

    /** Lines from this one on. */
    synchronized List<String> lines(int from) {
        return from >= lines.size() ? List.of() : List.copyOf(lines.subList(from, lines.size()));
    }

    boolean isEnded() {
        return ended;
    }

    private synchronized void say(String line) {
        boolean again = !lines.isEmpty() && lines.get(lines.size() - 1).equals(line);
        if (!again && lines.size() < MOST_LINES) {
            lines.add(line);
        }
    }

    private void end() {
        ended = true;
        if (schedule != null) {
            schedule.cancel();
        }
        owner.ended(this);
    }
}
