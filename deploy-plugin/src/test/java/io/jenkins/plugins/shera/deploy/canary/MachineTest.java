package io.jenkins.plugins.shera.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.analysis.AnalysisSpec;
import io.jenkins.plugins.shera.deploy.analysis.Bounds;
import io.jenkins.plugins.shera.deploy.analysis.Measurement;
import io.jenkins.plugins.shera.deploy.analysis.Sample;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.Analyse;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.Pause;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetCanaryScale;
import io.jenkins.plugins.shera.deploy.canary.PlanStep.SetWeight;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MachineTest {

    private static final AnalysisSpec QUALITY = new AnalysisSpec(
            AnalysisSpec.Kind.METRIC, "errorRate", "", new Bounds(null, 1.0, null, null), false, 5, 3, 60, 0, 0, 2);

    private static JsonNode template(String image) {
        try {
            return new ObjectMapper()
                    .readTree("{\"spec\":{\"containers\":[{\"name\":\"shop\",\"image\":\"" + image + "\"}]}}");
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static RolloutPlan plan(boolean approval, PlanStep... steps) {
        return new RolloutPlan(
                "r1",
                new Subject("retail", "shop", "prod", "c1", "shop-prod"),
                List.of(steps),
                "replicas",
                Map.of(),
                template("shop:1"),
                template("shop:2"),
                600,
                approval,
                "ann",
                "");
    }

    private static final PlanStep[] LADDER = {
        new SetWeight(5), new Pause(60), new SetWeight(25), new Pause(60), new SetWeight(50), new Analyse(QUALITY)
    };

    /** One driver after another over the same played cluster; a crash forgets what was not saved. */
    private static final class Run {
        final RolloutPlan plan;
        final PlayedCluster cluster;
        RolloutStatus saved = new RolloutStatus();
        RolloutStatus memory;
        final List<String> lines = new ArrayList<>();
        double value = 0.2;
        int crashesPercent;

        Run(RolloutPlan plan, PlayedCluster cluster) {
            this.plan = plan;
            this.cluster = cluster;
            saved.generation = 1;
            memory = saved;
        }

        void round() {
            cluster.live();
            Decision decision = Machine.next(plan, memory, cluster.look(), 1000);
            RolloutStatus next = decision.status();
            for (Act act : decision.acts()) {
                if (act instanceof Act.Measure measure) {
                    next.put(next.tally(measure.step())
                            .with(Measurement.of(QUALITY, new Sample(value, null, null), Instant.EPOCH)));
                } else {
                    cluster.carryOut(act, next.generation);
                    next.evidence |= act instanceof Act.KeepEvidence;
                }
                if (crashes()) {
                    return;
                }
            }
            boolean cannotSave = cluster.random.nextInt(100) < crashesPercent;
            if (!cannotSave) {
                lines.addAll(decision.lines());
                memory = next;
                saved = next;
            }
            crashes();
        }

        private boolean crashes() {
            if (cluster.random.nextInt(100) >= crashesPercent) {
                return false;
            }
            saved = saved.copy();
            saved.generation++;
            memory = saved;
            return true;
        }

        void tell(Verb verb) throws VerbException {
            saved = Verbs.apply(plan, memory, verb);
            memory = saved;
        }

        void until(java.util.function.Predicate<RolloutStatus> end) {
            for (int i = 0; i < 5000 && !end.test(memory); i++) {
                round();
            }
            assertThat(end.test(memory))
                    .as(memory.toJson() + "\n" + cluster.look() + "\n" + lines)
                    .isTrue();
        }
    }

    private static Run run(int seed, Split split, RolloutPlan plan) {
        return new Run(plan, new PlayedCluster(new Random(seed), split, plan));
    }

    @Test
    void endsInTheSamePlaceHoweverOftenItIsKilled() {
        for (int seed = 0; seed < 400; seed++) {
            Run run = run(seed, Split.values()[seed % 3], plan(false, LADDER));
            run.crashesPercent = seed % 40;
            run.until(RolloutStatus::isOver);
            assertThat(run.memory.phase()).isEqualTo(Phase.HEALTHY);
            assertThat(run.cluster.stableHash).isEqualTo(run.cluster.after);
            assertThat(run.cluster.canary).isFalse();
            assertThat(run.cluster.traffic.isNone()).isTrue();
            assertThat(run.cluster.frozen).isFalse();
            assertThat(run.cluster.stableApplied).isEqualTo(1);
            assertThat(run.cluster.fresh).isEqualTo(seed % 3 == 1 ? 4 : 0);
        }
    }

    @Test
    void anAbortAtAnyMomentGoesBackAndStaysBackWhateverElseIsSaid() throws Exception {
        for (int seed = 0; seed < 600; seed++) {
            Run run = run(seed, Split.values()[seed % 3], plan(false, LADDER));
            run.crashesPercent = seed % 20;
            int moment = seed / 3;
            for (int i = 0; i < moment && !run.memory.isOver(); i++) {
                run.round();
            }
            boolean wasOver = run.memory.phase() == Phase.HEALTHY;
            boolean begun = run.memory.isBegun();
            run.tell(Verb.of(Verb.Kind.ABORT, "ann"));
            if (wasOver) {
                assertThat(run.memory.phase()).isEqualTo(Phase.HEALTHY);
                continue;
            }
            assertThatThrownBy(() -> run.tell(Verb.of(Verb.Kind.PROMOTE_FULL, "bob")))
                    .isInstanceOf(VerbException.class);
            run.until(RolloutStatus::isOver);
            assertThat(run.memory.phase()).isEqualTo(begun ? Phase.ROLLED_BACK : Phase.ABORTED);
            assertThat(run.cluster.stableHash).isEqualTo(run.cluster.before);
            assertThat(run.cluster.fresh).isZero();
            assertThat(run.cluster.canary).isFalse();
            assertThat(run.cluster.traffic.isNone()).isTrue();
            assertThat(run.cluster.frozen).isFalse();
            for (int i = 0; i < 50; i++) {
                run.round();
            }
            assertThat(run.memory.phase()).isNotEqualTo(Phase.PROGRESSING);
        }
    }

    @Test
    void aBadCanaryGoesBackByItselfAndItsEvidenceIsKept() {
        for (int seed = 0; seed < 100; seed++) {
            Run run = run(seed, Split.REQUESTS, plan(false, LADDER));
            run.crashesPercent = seed % 20;
            run.value = 40;
            run.until(RolloutStatus::isOver);
            assertThat(run.memory.phase()).isEqualTo(Phase.ABORTED);
            assertThat(run.memory.reason()).contains("analysis of errorRate is Failed: 40, wanted at most 1");
            assertThat(run.cluster.evidence).isTrue();
            assertThat(run.cluster.stableApplied).isZero();
        }
    }

    @Test
    void whatIsNotANumberNeverPasses() {
        Run run = run(1, Split.REQUESTS, plan(false, LADDER));
        run.value = Double.NaN;
        run.until(RolloutStatus::isOver);
        assertThat(run.memory.phase()).isEqualTo(Phase.ABORTED);
        assertThat(run.memory.reason()).contains("is Error: the value is NaN");
    }

    @Test
    void timeThatNobodyCountedIsNoPause() {
        Run run = run(1, Split.REQUESTS, plan(false, new SetWeight(20), new Pause(60)));
        run.until(status -> status.step() == 1 && status.isReached());
        for (int i = 0; i < 500; i++) {
            RolloutStatus again =
                    Machine.next(run.plan, run.memory, run.cluster.look(), 0).status();
            assertThat(again.step()).isEqualTo(1);
        }
    }

    @Test
    void holdsWhileStableIsNotFull() {
        Run run = run(1, Split.REQUESTS, plan(false, new SetWeight(20), new Pause(5), new SetWeight(60)));
        run.until(status -> status.step() == 1 && status.isReached());
        run.cluster.stablePods = 40;
        run.until(status -> status.step() == 2);
        assertThat(run.cluster.stableReady).isEqualTo(40);
    }

    @Test
    void aCanaryThatNeverGetsReadyIsAbortedAfterTheDeadline() {
        Run run = run(1, Split.REQUESTS, plan(false, LADDER));
        run.cluster.canaryHash = "canary";
        run.cluster.canaryBad = true;
        run.until(RolloutStatus::isOver);
        assertThat(run.memory.reason()).isEqualTo("the canary failed: bad");
    }

    @Test
    void anEditOfEitherSideByHandEndsTheComparisonAndLeavesStableAlone() {
        Run run = run(1, Split.REQUESTS, plan(false, LADDER));
        run.until(status -> status.step() == 1 && status.isReached());
        run.cluster.stableHash = "by-hand";
        run.until(RolloutStatus::isOver);
        assertThat(run.memory.phase()).isEqualTo(Phase.ABORTED);
        assertThat(run.cluster.stableHash).isEqualTo("by-hand");
        Run other = run(2, Split.PODS, plan(false, LADDER));
        other.until(status -> status.step() == 1 && status.isReached());
        other.cluster.canary = false;
        other.until(RolloutStatus::isOver);
        assertThat(other.memory.reason()).contains("the canary's Deployment was deleted");
    }

    @Test
    void takesSomebodyElseForTheApproval() throws Exception {
        Run run = run(1, Split.REQUESTS, plan(true, new SetWeight(20)));
        run.until(status -> status.waitsFor().equals("approval"));
        assertThatThrownBy(() -> run.tell(Verb.of(Verb.Kind.PROMOTE, "ann")))
                .isInstanceOf(VerbException.class)
                .hasMessageContaining("agreement of somebody other than ann");
        run.tell(Verb.of(Verb.Kind.PROMOTE, "bob"));
        run.until(RolloutStatus::isOver);
        assertThat(run.memory.approvedBy()).isEqualTo("bob");
        assertThat(run.memory.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void pausesResumesAndTakesAWeightByHandWhilePaused() throws Exception {
        Run run = run(1, Split.REQUESTS, plan(false, new SetWeight(20), new Pause(1000), new SetWeight(100)));
        run.until(status -> status.step() == 1 && status.isReached());
        assertThatThrownBy(() -> run.tell(new Verb(Verb.Kind.SET_WEIGHT, "ann", 30)))
                .hasMessageContaining("Pause it first.");
        run.tell(Verb.of(Verb.Kind.PAUSE, "ann"));
        run.tell(new Verb(Verb.Kind.SET_WEIGHT, "ann", 30));
        run.until(RolloutStatus::isReached);
        assertThat(run.cluster.traffic.percent()).isEqualTo(30);
        assertThat(run.memory.phase()).isEqualTo(Phase.PAUSED);
        run.tell(Verb.of(Verb.Kind.RESUME, "ann"));
        run.tell(Verb.of(Verb.Kind.PROMOTE, "ann"));
        run.until(status -> status.phase() == Phase.PROMOTING);
        assertThat(run.cluster.traffic.percent()).isEqualTo(100);
    }

    @Test
    void aRetryBeginsAtTheFirstStepWithAHigherGeneration() throws Exception {
        Run run = run(1, Split.REQUESTS, plan(false, LADDER));
        run.value = 40;
        run.until(RolloutStatus::isOver);
        long before = run.memory.generation();
        run.value = 0.1;
        run.tell(Verb.of(Verb.Kind.RETRY, "ann"));
        assertThat(run.memory.generation()).isGreaterThan(before);
        run.until(RolloutStatus::isOver);
        assertThat(run.memory.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void withPodsAsSharesTheCanaryIsTheNearestWholePodAndNeverMoreThanHalf() {
        assertThat(pods(4, 5, Split.PODS)).isEqualTo(1);
        assertThat(pods(9, 10, Split.PODS)).isEqualTo(1);
        assertThat(pods(10, 25, Split.PODS)).isEqualTo(3);
        assertThat(pods(10, 50, Split.PODS)).isEqualTo(10);
        assertThat(pods(10, 100, Split.PODS)).isEqualTo(10);
        assertThat(pods(10, 25, Split.REQUESTS)).isEqualTo(3);
        assertThat(pods(10, 100, Split.REQUESTS)).isEqualTo(10);
        assertThat(Wanted.of(plan(false, new SetCanaryScale(2, 0)), new RolloutStatus(), 10, Split.REQUESTS)
                        .replicas())
                .isEqualTo(2);
    }

    private static int pods(int stable, int weight, Split split) {
        return Wanted.of(plan(false, new SetWeight(weight)), new RolloutStatus(), stable, split)
                .replicas();
    }

    @Test
    void aPlanAndItsStatusSurviveTheirJson() {
        RolloutPlan plan = plan(true, LADDER);
        assertThat(RolloutPlan.of(plan.toJson())).isEqualTo(plan);
        Run run = run(3, Split.PODS, plan);
        run.until(status -> status.step() == 5);
        assertThat(RolloutStatus.of(run.memory.toJson()).toJson()).isEqualTo(run.memory.toJson());
    }
}
