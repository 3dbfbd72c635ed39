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

    PlayedCluster(Random random, Split split, RolloutPlan plan) {
        this.random = random;
        this.split = split;
        this.before = Templates.hash(plan.before());
        this.after = Templates.hash(plan.after());
        this.stableHash = before;
        this.scaled = random.nextBoolean();
    }

    World look() {
        Side stable = new Side(true, stablePods, stableReady, stableHash, stableReady == stablePods, false, "");
        Side beside = canary
                ? new Side(true, canaryPods, canaryReady, canaryHash, canaryReady == canaryPods, canaryBad, "bad")
                : Side.NONE;
        return new World(
                stable, beside, new TrafficReading(generation, traffic, true, ""), split, scaled, frozen, 2000);
    }

    /** Time goes by: pods become ready one by one. */
    void live() {
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
            must(route.traffic().isNone() || canary && canaryReady > 0, "traffic goes to a canary that serves");
            traffic = route.traffic();
            generation = ours;
        } else if (act instanceof Act.ResetTraffic) {
            fenced(ours);
            traffic = Traffic.NONE;
            generation = ours;
        } else if (act instanceof Act.ApplyStable apply) {
            stableHash = apply.after() ? after : before;
            stableReady = stablePods - 1;
            stableApplied++;
        } else if (act instanceof Act.KeepEvidence) {
            evidence = true;
        } else if (act instanceof Act.RemoveCanary) {
            must(traffic.isNone(), "no canary pod goes before weight 0");
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
