package io.jenkins.plugins.shera.deploy.canary;

import java.util.EnumSet;
import java.util.Set;

/** What each verb does to a status. Pure. Abort wins over everything and, where nothing runs, does nothing. */
public final class Verbs {

    private static final Set<Phase> FORWARD = EnumSet.of(Phase.INITIALIZED, Phase.PROGRESSING, Phase.PAUSED);

    private Verbs() {}

    /** The verbs that fit now. */
    public static Set<Verb.Kind> fitting(RolloutPlan plan, RolloutStatus status) {
        Set<Verb.Kind> fitting = EnumSet.noneOf(Verb.Kind.class);
        for (Verb.Kind kind : Verb.Kind.values()) {
            boolean noop = kind == Verb.Kind.ABORT && status.phase.isEnd() || kind.isForSets();
            try {
                apply(plan, status, new Verb(kind, "somebody-else", 0));
                if (!noop) {
                    fitting.add(kind);
                }
            } catch (VerbException e) {
                // does not fit now
            }
        }
        return fitting;
    }

    /** The status after the verb. */
    public static RolloutStatus apply(RolloutPlan plan, RolloutStatus status, Verb verb) throws VerbException {
        RolloutStatus next = status.copy();
        next.changedBy = verb.by();
        switch (verb.kind()) {
            case ABORT -> abort(next, verb);
            case PROMOTE -> promote(plan, next, verb);
            case PROMOTE_FULL -> promoteFull(plan, next, verb);
            case PAUSE -> {
                expect(
                        next.phase == Phase.PROGRESSING || next.phase == Phase.INITIALIZED || verb.set() && waits(next),
                        next,
                        verb,
                        "Only one that is progressing can be paused.");
                next.phase = Phase.PAUSED;
                next.waitsFor = "resume";
                next.reason = "paused by " + verb.by();
            }
            case RESUME -> {
                expect(
                        next.phase == Phase.PAUSED && next.waitsFor.equals("resume"),
                        next,
                        verb,
                        "Only one that was paused by hand can be resumed; promote one that waits in its plan.");
                go(next);
            }
            case RETRY -> {
                leaveToSet(plan, verb);
                retry(next, verb);
            }
            case APPROVE -> approve(plan, next, verb);
            case SKIP -> {
                expect(FORWARD.contains(next.phase), next, verb, "Nothing is under way.");
                next.step = plan.steps().size() - 1;
                next.reached = false;
                next.passed = 0;
                next.weight = -1;
                go(next);
            }
            case DECIDE_PROMOTE -> {
                expect(
                        waits(next) && !next.decision.equals("abort"),
                        next,
                        verb,
                        "Only members that wait for their set can be decided upon.");
                next.decision = "promote";
            }
            case DECIDE_ABORT -> next.decision = "abort";
            case SET_WEIGHT -> {
                expect(next.phase == Phase.PAUSED, next, verb, "Pause it first.");
                expect(verb.weight() >= 0 && verb.weight() <= 100, next, verb, "Give a weight from 0 to 100.");
                expect(
                        Workload.of(plan) != Workload.DAEMON_SET || verb.weight() >= Wanted.weight(plan, next),
                        next,
                        verb,
                        "Pods of a DaemonSet do not go back one by one: give no less than it has, or abort.");
                next.weight = verb.weight();
                next.reached = false;
                next.stuck = 0;
            }
        }
        return next;
    }

    /** Whether it stands where it waits for the other members of its set. */
    private static boolean waits(RolloutStatus status) {
        return status.phase == Phase.PAUSED && status.waitsFor.equals("set");
    }

    /** What would let one member run ahead of the others, or fall behind. */
    private static void leaveToSet(RolloutPlan plan, Verb verb) throws VerbException {
        if (plan.set() != null && !verb.set()) {
            throw new VerbException("Cannot " + verb.kind().text() + " " + plan.subject()
                    + " alone: it is a member of a" + " release set. Tell the set (releaseSet, or its page).");
        }
    }

    private static void approve(RolloutPlan plan, RolloutStatus next, Verb verb) throws VerbException {
        expect(FORWARD.contains(next.phase), next, verb, "Nothing is under way that could be promoted.");
        refuseStarter(plan, verb);
        next.approvedBy = verb.by();
    }

    private static void refuseStarter(RolloutPlan plan, Verb verb) throws VerbException {
        if (plan.approval() && verb.by().equals(plan.startedBy())) {
            throw new VerbException("Cannot promote " + plan.subject() + ": this environment wants the agreement of"
                    + " somebody other than " + plan.startedBy() + ", who started it. Ask a colleague to promote.");
        }
    }

    private static void abort(RolloutStatus next, Verb verb) {
        if (!next.phase.isEnd()) {
            goBack(next, "aborted by " + verb.by());
        }
    }

    /** To the state that going back means in this phase. */
    static void goBack(RolloutStatus next, String why) {
        next.phase = next.begun ? Phase.ROLLED_BACK : Phase.ABORTED;
        next.settled = false;
        next.reason = why;
        next.waitsFor = "";
        next.passed = 0;
        next.stuck = 0;
        next.replaced = 0;
        next.reached = false;
    }

    static void beginPromotion(RolloutStatus next) {
        next.phase = Phase.PROMOTING;
        next.begun = true;
        next.promoted = false;
        next.reason = "";
        next.waitsFor = "";
        next.passed = 0;
        next.stuck = 0;
        next.replaced = 0;
        next.reached = false;
    }

    private static void promote(RolloutPlan plan, RolloutStatus next, Verb verb) throws VerbException {
        boolean timed = next.phase == Phase.PROGRESSING
                && next.step < plan.steps().size()
                && plan.steps().get(next.step) instanceof PlanStep.Pause;
        expect(
                next.phase == Phase.PAUSED || timed,
                next,
                verb,
                "Only one that is paused can be promoted to its next step.");
        if (waits(next)) {
            leaveToSet(plan, verb);
        }
        if (next.waitsFor.equals("resume") && next.step < plan.steps().size() && !isPause(plan, next)) {
            go(next);
            return;
        }
        if (next.step + 1 < plan.steps().size()) {
            next.replaced = 0;
            next.step++;
            next.reached = false;
            next.passed = 0;
            next.weight = -1;
            go(next);
        } else {
            promoteFull(plan, next, verb);
        }
    }

    private static boolean isPause(RolloutPlan plan, RolloutStatus next) {
        PlanStep step = plan.steps().get(next.step);
        return step instanceof PlanStep.Pause || step instanceof PlanStep.Analyse && !next.waitsFor.equals("resume");
    }

    private static void promoteFull(RolloutPlan plan, RolloutStatus next, Verb verb) throws VerbException {
        expect(FORWARD.contains(next.phase), next, verb, "Nothing is under way that could be promoted.");
        leaveToSet(plan, verb);
        if (verb.set()) {
            boolean agreed = !plan.approval() || !next.approvedBy.isEmpty();
            expect(next.decision.equals("promote") && agreed, next, verb, "Its release set has not decided that.");
        } else {
            refuseStarter(plan, verb);
            next.approvedBy = verb.by();
        }
        beginPromotion(next);
    }

    private static void retry(RolloutStatus next, Verb verb) throws VerbException {
        if (next.phase == Phase.DEGRADED && next.begun) {
            beginPromotion(next);
            return;
        }
        expect(
                (next.phase == Phase.ABORTED || next.phase == Phase.ROLLED_BACK) && next.settled,
                next,
                verb,
                "Only one that was aborted and has gone back can be tried again.");
        next.phase = Phase.INITIALIZED;
        next.settled = false;
        next.begun = false;
        next.promoted = false;
        next.step = 0;
        next.reached = false;
        next.passed = 0;
        next.stuck = 0;
        next.weight = -1;
        next.reason = "";
        next.waitsFor = "";
        next.canaryMade = false;
        next.canaryHash = "";
        next.evidence = false;
        next.approvedBy = "";
        next.decision = "";
        next.tallies.clear();
        next.generation++;
        next.attempt++;
    }

    private static void go(RolloutStatus next) {
        next.phase = Phase.PROGRESSING;
        next.reason = "";
        next.waitsFor = "";
        next.stuck = 0;
    }

    private static void expect(boolean fits, RolloutStatus status, Verb verb, String otherwise) throws VerbException {
        if (!fits) {
            throw new VerbException("Cannot " + verb.kind().text() + ": the rollout is " + status.phase.text()
                    + (status.reason.isEmpty() ? "" : " (" + status.reason + ")") + ". " + otherwise);
        }
    }
}
