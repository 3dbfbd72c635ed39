package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.deploy.analysis.Tally;
import io.jenkins.plugins.shera.deploy.analysis.Verdict;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a rollout does next: a pure function of plan, status, what was read from the cluster, and the time that counts. It compares
 * what should be with what is and asks for the difference; that an act was done is never remembered, only seen, so a decision
 * made again after a crash asks for the same or for nothing.
 */
public final class Machine {

    private final RolloutPlan plan;
    private final RolloutStatus status;
    private final World world;
    private final long elapsed;
    private final List<Act> acts = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private Machine(RolloutPlan plan, RolloutStatus status, World world, long elapsed) {
        this.plan = plan;
        this.status = status.copy();
        this.world = world;
        this.elapsed = Math.max(0, elapsed);
    }

    /**
     * The next decision.
     *
     * @param elapsed milliseconds since the decision before, in this process
     */
    public static Decision next(RolloutPlan plan, RolloutStatus status, World world, long elapsed) {
        Machine machine = new Machine(plan, status, world, elapsed);
        machine.decide();
        return new Decision(machine.status, machine.acts, machine.lines);
    }

    private void decide() {
        switch (status.phase) {
            case INITIALIZED -> {
                status.phase = Phase.PROGRESSING;
                lines.add("Releasing " + plan.what() + " beside " + plan.imageBefore());
            }
            case PROGRESSING, PAUSED -> forward();
            case PROMOTING -> promote();
            case DEGRADED -> recover();
            case ABORTED -> {
                if (!status.settled && tidy()) {
                    settle("Everything is served by " + plan.imageBefore() + " again");
                }
            }
            case ROLLED_BACK -> {
                if (!status.settled) {
                    back();
                }
            }
            case HEALTHY -> status.settled = true;
        }
    }

    private void forward() {
        if (!world.stable().exists()) {
            degrade("the stable " + word() + " " + plan.subject().application()
                    + " is gone; deploy it again, or abort");
            return;
        }
        Wanted wanted = Wanted.of(plan, status, world.whole(), world.split());
        String broken = Meddling.found(plan, status, world, wanted);
        if (!broken.isEmpty()) {
            abort(broken);
            return;
        }
        if (world.canary().exists() && status.canaryHash.isEmpty()) {
            status.canaryMade = true;
            status.canaryHash = world.canary().hash();
        }
        if (!isThere(wanted)) {
            status.stuck += elapsed;
            cameFurther(world.canary());
            if (status.stuck > plan.deadlineSeconds() * 1000L) {
                String why = world.canary().trouble().isEmpty()
                        ? world.traffic().detail()
                        : world.canary().trouble();
                abort("not reached within " + plan.deadlineSeconds() + " s: " + current()
                        + (why.isEmpty() ? "" : "; " + why));
            }
            return;
        }
        status.stuck = 0;
        if (!status.reached) {
            status.reached = true;
            status.passed = 0;
            lines.add("Step " + Math.min(status.step + 1, plan.steps().size()) + " of "
                    + plan.steps().size() + ": " + current() + " is served" + detail());
        } else if (status.phase == Phase.PROGRESSING && world.stable().complete()) {
            status.passed += elapsed;
        }
        if (status.phase == Phase.PROGRESSING && world.stable().complete()) {
            work();
        }
    }

    private String word() {
        return Workload.of(plan).word();
    }

    private String current() {
        return status.step < plan.steps().size() ? plan.steps().get(status.step).text() : "the last step";
    }

    private String detail() {
        return world.traffic().detail().isEmpty() ? "" : " (" + world.traffic().detail() + ")";
    }

    /** Asks for the next act on the way there; true when nothing is missing and what serves proves it. */
    private boolean isThere(Wanted wanted) {
        Side canary = world.canary();
        if (world.scaled() && world.split() != Split.REQUESTS && !world.frozen()) {
            acts.add(new Act.FreezeScaler());
            return false;
        }
        int now = canary.exists() ? canary.desired() : 0;
        if (wanted.replicas() > now) {
            acts.add(new Act.ApplyCanary(wanted.replicas()));
            return false;
        }
        if (canary.exists() && !canary.complete()) {
            replace();
            return false;
        }
        if (!world.traffic().asks(wanted.traffic(), status.generation)) {
            acts.add(new Act.Route(wanted.traffic()));
            return false;
        }
        if (!world.traffic().settled()) {
            return false;
        }
        if (wanted.replicas() < now) {
            acts.add(new Act.ApplyCanary(wanted.replicas()));
            return false;
        }
        return true;
    }

    /** Where one pod after another is replaced, each may take its time. */
    private void cameFurther(Side fresh) {
        if (world.inPlace() && fresh.ready() > status.replaced) {
            status.replaced = fresh.ready();
            status.stuck = 0;
        }
    }

    private void replace() {
        if (world.inPlace()) {
            acts.add(new Act.ReplacePods());
        }
    }

    private void work() {
        if (status.step >= plan.steps().size()) {
            end();
            return;
        }
        PlanStep step = plan.steps().get(status.step);
        if (step instanceof PlanStep.Pause pause) {
            if (pause.seconds() == 0) {
                pause("promote", "waits for a person");
            } else if (status.passed >= pause.seconds() * 1000) {
                advance();
            }
        } else if (step instanceof PlanStep.Barrier) {
            pause("set", "waits for the other members of its release set");
        } else if (step instanceof PlanStep.Analyse analyse) {
            analyse(analyse);
        } else {
            advance();
        }
    }

    private void analyse(PlanStep.Analyse step) {
        Tally tally = status.tally(status.step);
        Optional<Verdict> verdict = tally.verdict(step.spec());
        if (verdict.isEmpty()) {
            if (status.passed >= step.spec().intervalSeconds() * 1000L * (tally.total() + 1)) {
                acts.add(new Act.Measure(status.step));
            }
            return;
        }
        String last = tally.newest().isEmpty()
                ? ""
                : ": " + tally.newest().get(tally.newest().size() - 1).text();
        String what =
                "analysis of " + step.spec().what() + " is " + verdict.get().text() + last;
        lines.add(what);
        switch (verdict.get()) {
            case SUCCESSFUL -> advance();
            case INCONCLUSIVE -> pause("promote", what);
            case FAILED, ERROR -> abort(what);
        }
    }

    private void advance() {
        status.step++;
        status.reached = false;
        status.passed = 0;
        status.stuck = 0;
        status.replaced = 0;
        status.weight = -1;
        status.changedBy = "";
        if (status.step >= plan.steps().size()) {
            end();
        }
    }

    private void end() {
        if (plan.approval() && status.approvedBy.isEmpty()) {
            pause("approval", "all steps are done; somebody other than " + plan.startedBy() + " has to promote");
        } else {
            Verbs.beginPromotion(status);
            lines.add("All steps are done: promoting " + plan.what());
        }
    }

    private void pause(String waitsFor, String why) {
        status.phase = Phase.PAUSED;
        status.waitsFor = waitsFor;
        status.reason = why;
        lines.add("Paused: " + why);
    }

    private void abort(String why) {
        acts.clear();
        Verbs.goBack(status, why);
        lines.add("Aborted: " + why);
    }

    private void degrade(String why) {
        status.phase = Phase.DEGRADED;
        status.reason = why;
        lines.add("Degraded: " + why);
    }

    private void promote() {
        Side stable = world.stable();
        if (status.promoted) {
            if (tidy()) {
                status.phase = Phase.HEALTHY;
                status.reason = "";
                settle("Released " + plan.what());
            }
        } else if (!stable.exists()) {
            degrade("the stable " + word() + " was deleted during promotion; deploy it again, or abort");
        } else if (stable.hash().equals(Templates.hash(plan.after()))) {
            taken(stable);
        } else if (stable.hash().equals(Templates.hash(plan.before()))) {
            acts.add(new Act.ApplyStable(true));
            status.stuck += elapsed;
            if (status.stuck > plan.deadlineSeconds() * 1000L) {
                degrade("the cluster did not take the new revision within " + plan.deadlineSeconds() + " s");
            }
        } else {
            degrade("the stable " + word() + " was changed by somebody else during promotion; abort, or deploy again");
        }
    }

    private void taken(Side stable) {
        status.stuck += elapsed;
        cameFurther(stable);
        if (!stable.complete() && !stable.failed()) {
            replace();
        }
        if (stable.complete()) {
            status.promoted = true;
            status.passed = 0;
            status.stuck = 0;
            lines.add("Stable serves " + plan.what() + " with " + stable.ready() + " pods");
        } else if (stable.failed()) {
            degrade("promotion failed: " + stable.trouble());
        } else if (status.stuck > plan.deadlineSeconds() * 1000L) {
            degrade("promotion was not complete within " + plan.deadlineSeconds() + " s"
                    + (stable.trouble().isEmpty() ? "" : ": " + stable.trouble()));
        }
    }

    private void recover() {
        Side stable = world.stable();
        if (status.begun
                && stable.exists()
                && stable.hash().equals(Templates.hash(plan.after()))
                && stable.complete()) {
            status.phase = Phase.PROMOTING;
            status.reason = "";
            lines.add("Stable serves after all; going on");
        } else if (!status.begun && stable.exists()) {
            status.phase = Phase.PROGRESSING;
            status.reason = "";
            lines.add("Stable is there again; going on");
        }
    }

    private void back() {
        Side stable = world.stable();
        if (!isAskedToClear()) {
            acts.add(new Act.ResetTraffic());
        }
        boolean ours = stable.exists() && stable.hash().equals(Templates.hash(plan.before()));
        if (!ours && stable.exists() && stable.hash().equals(Templates.hash(plan.after()))) {
            acts.add(new Act.ApplyStable(false));
            return;
        }
        if (ours && !stable.complete() && !stable.failed()) {
            replace();
            return;
        }
        if (acts.isEmpty() && tidy()) {
            settle(
                    ours
                            ? "Stable is " + plan.imageBefore() + " again"
                            : "Stable was changed by somebody else and is left as it is");
        }
    }

    private boolean isAskedToClear() {
        return world.traffic().traffic().equals(Traffic.NONE);
    }

    /** Takes traffic, then pods, then our hand from the autoscaler; true when nothing is left. */
    private boolean tidy() {
        if (world.inPlace() && !isOldAgain()) {
            return false;
        }
        if (!isAskedToClear()) {
            status.passed = 0;
            acts.add(new Act.ResetTraffic());
            return false;
        }
        if (!world.traffic().settled()) {
            return false;
        }
        status.passed += elapsed;
        boolean good = status.phase == Phase.PROMOTING;
        if (world.canary().exists() && !good && !status.evidence) {
            acts.add(new Act.KeepEvidence());
            return false;
        }
        if (status.passed < world.drainMillis()) {
            return false;
        }
        if (world.canary().exists()) {
            acts.add(new Act.RemoveCanary());
            return false;
        }
        if (world.frozen()) {
            acts.add(new Act.RestoreScaler());
            return false;
        }
        return true;
    }

    /** Pods that are replaced where they stand get requests until they are: the old ones come back before anything else is cleared. */
    private boolean isOldAgain() {
        Side stable = world.stable();
        if (status.phase == Phase.PROMOTING) {
            return true;
        }
        if (world.canary().exists()) {
            acts.add(status.evidence ? new Act.RemoveCanary() : new Act.KeepEvidence());
            return false;
        }
        boolean waits = status.phase == Phase.ABORTED
                && stable.exists()
                && stable.hash().equals(Templates.hash(plan.before()))
                && !stable.complete()
                && !stable.failed();
        if (waits) {
            replace();
        }
        return !waits;
    }

    private void settle(String line) {
        status.settled = true;
        lines.add(line);
    }
}
