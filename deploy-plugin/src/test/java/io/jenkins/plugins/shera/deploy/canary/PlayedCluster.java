package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import java.util.Random;

/**
 * A cluster of a few numbers for the state machine alone, so that thousands of runs with crashes at any point can be tried; what the acts do
 * to a real cluster is tested there. Pods take some rounds to be ready. It checks after every act what must never happen.
 */
final class PlayedCluster {

    final Random random;
    final Split split;
    final String before;
    final String after;
    String stableHash;
    int stablePods = 4;
    int stableReady = 4;
    boolean canary;
    int canaryPods;
    int canaryReady;
    String canaryHash = "canary";
    boolean canaryBad;
    Traffic traffic = Traffic.NONE;
    long generation;
    boolean scaled;
    boolean frozen;
    boolean evidence;
    int stableApplied;
    /** Where pods are replaced in place: how many of them are new, and how many of these serve. */
    int fresh;

    int freshReady;

    PlayedCluster(Random random, Split split, RolloutPlan plan) {
        this.random = random;
        this.split = split;
        this.before = Templates.hash(plan.before());
        this.after = Templates.hash(plan.after());
        this.stableHash = before;
        this.scaled = random.nextBoolean();
    }

    private World lookInPlace() {
        Side stable = Side.NONE;
        Side beside = Side.NONE;
        if (canary) {
            stable = new Side(true, stablePods - canaryPods, stablePods - fresh, before, true, false, "");
            boolean complete = fresh == canaryPods && freshReady >= canaryPods;
            beside = new Side(true, canaryPods, freshReady, canaryHash, complete, canaryBad, "bad");
        } else {
            int good = stableHash.equals(after) ? freshReady : stablePods - fresh;
            stable = new Side(true, stablePods, good, stableHash, good == stablePods, false, "");
        }
        return new World(stable, beside, new TrafficReading(generation, traffic, true, ""), split, scaled, frozen, 0);
    }

    private void replacePod() {
        int wanted = canary ? canaryPods : stableHash.equals(after) ? stablePods : 0;
        fresh += Integer.signum(wanted - fresh);
        freshReady = Math.min(fresh, freshReady);
    }

    World look() {
        if (split == Split.IN_PLACE) {
            return lookInPlace();
        }
        Side stable = new Side(true, stablePods, stableReady, stableHash, stableReady == stablePods, false, "");
        Side beside = canary
                ? new Side(true, canaryPods, canaryReady, canaryHash, canaryReady == canaryPods, canaryBad, "bad")
                : Side.NONE;
        return new World(
                stable, beside, new TrafficReading(generation, traffic, true, ""), split, scaled, frozen, 2000);
    }

    /** Time goes by: pods become ready one by one. */
    void live() {
        freshReady = Math.min(fresh, freshReady + 1);
        if (canary && !canaryBad && canaryReady < canaryPods) {
            canaryReady++;
        }
        canaryReady = Math.min(canaryReady, canaryPods);
        if (stableReady < stablePods) {
            stableReady++;
        }
    }

    void carryOut(Act act, long ours) {
        if (act instanceof Act.ApplyCanary apply) {
            canary = true;
            canaryPods = apply.replicas();
            canaryReady = Math.min(canaryReady, canaryPods);
        } else if (act instanceof Act.Route route) {
            fenced(ours);
            boolean serves = split == Split.IN_PLACE ? freshReady > 0 : canaryReady > 0;
            must(route.traffic().isNone() || canary && serves, "traffic goes to a canary that serves");
            traffic = route.traffic();
            generation = ours;
        } else if (act instanceof Act.ResetTraffic) {
            fenced(ours);
            traffic = Traffic.NONE;
            generation = ours;
        } else if (act instanceof Act.ApplyStable apply) {
            stableHash = apply.after() ? after : before;
            canary &= split != Split.IN_PLACE;
            stableReady = stablePods - 1;
            stableApplied++;
        } else if (act instanceof Act.ReplacePods) {
            must(split == Split.IN_PLACE, "pods are only replaced where none stand beside them");
            replacePod();
        } else if (act instanceof Act.KeepEvidence) {
            evidence = true;
        } else if (act instanceof Act.RemoveCanary) {
            must(traffic.isNone() || split == Split.IN_PLACE, "no canary pod goes before weight 0");
            canary = false;
            canaryPods = 0;
            canaryReady = 0;
        } else if (act instanceof Act.FreezeScaler) {
            frozen = true;
        } else if (act instanceof Act.RestoreScaler) {
            frozen = false;
        }
    }

    private void fenced(long ours) {
        must(ours >= generation, "an older driver never changes traffic");
    }

    private static void must(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
