package io.jenkins.plugins.shera.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.release.SetMachine.Order;
import io.jenkins.plugins.shera.deploy.release.SetMachine.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SetMachineTest {

    private static final List<PlanStep> STEPS =
            SetMachine.withBarriers(List.of(new PlanStep.SetWeight(20), new PlanStep.SetWeight(50)));

    private static Member member(
            String name, String phase, int step, String decision, boolean settled, String... after) {
        RolloutPlan plan = new RolloutPlan(
                name,
                new Subject("t", name, "prod", "c", "n"),
                STEPS,
                "replicas",
                Map.of(),
                null,
                null,
                60,
                false,
                "ann",
                "");
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("phase", phase).put("step", step).put("decision", decision).put("settled", settled);
        status.put("waitsFor", phase.equals("Paused") ? "set" : "").put("reason", "because");
        return new Member(name, List.of(after), false, plan, RolloutStatus.of(status));
    }

    private static Member hidden(String name) {
        return new Member(name, List.of(), false, null, null);
    }

    @Test
    void waitsForTheSlowest() {
        SetMachine.Round round =
                SetMachine.next(List.of(member("a", "Paused", 1, "", false), member("b", "Progressing", 0, "", false)));
        assertThat(round.orders()).isEmpty();
        assertThat(round.why()).isEqualTo("waiting for b");
        assertThat(SetMachine.next(List.of(member("a", "Paused", 1, "", false), member("b", "Paused", 1, "", false)))
                        .orders())
                .containsExactly(new Order("a", Verb.Kind.PROMOTE), new Order("b", Verb.Kind.PROMOTE));
    }

    @Test
    void afterACrashBetweenTwoOrdersTheOneThatIsBehindFollows() {
        assertThat(SetMachine.next(
                                List.of(member("a", "Progressing", 2, "", false), member("b", "Paused", 1, "", false)))
                        .orders())
                .containsExactly(new Order("b", Verb.Kind.PROMOTE));
    }

    @Test
    void recordsTheDecisionInEachBeforeTheFirstActs() {
        Member undecided = member("b", "Paused", 3, "", false);
        assertThat(SetMachine.next(List.of(member("a", "Paused", 3, "promote", false), undecided))
                        .orders())
                .containsExactly(new Order("b", Verb.Kind.DECIDE_PROMOTE));
        assertThat(SetMachine.next(List.of(
                                member("a", "Paused", 3, "promote", false),
                                member("b", "Paused", 3, "promote", false, "a")))
                        .orders())
                .containsExactly(new Order("a", Verb.Kind.PROMOTE_FULL));
        assertThat(SetMachine.next(List.of(
                                member("a", "Healthy", 4, "promote", true),
                                member("b", "Paused", 3, "promote", false, "a")))
                        .orders())
                .containsExactly(new Order("b", Verb.Kind.PROMOTE_FULL));
    }

    @Test
    void allGoBackWhenOneIsLostAlsoThoseThatAreStableAlready() {
        List<Member> lost =
                List.of(member("a", "Healthy", 4, "promote", true), member("b", "Degraded", 3, "promote", false));
        assertThat(SetMachine.next(lost).orders())
                .containsExactly(new Order("a", Verb.Kind.DECIDE_ABORT), new Order("b", Verb.Kind.DECIDE_ABORT));
        List<Member> decided =
                List.of(member("a", "Healthy", 4, "abort", true), member("b", "Degraded", 3, "abort", false));
        assertThat(SetMachine.next(decided).orders())
                .containsExactly(new Order("a", null), new Order("b", Verb.Kind.ABORT));
        List<Member> done =
                List.of(member("a", "Aborted", 1, "abort", true), member("b", "RolledBack", 3, "abort", true));
        assertThat(SetMachine.next(done).outcome()).isEqualTo(Outcome.BACK);
    }

    @Test
    void callsNothingCompleteWhileAMemberCannotBeSeen() {
        SetMachine.Round round = SetMachine.next(List.of(member("a", "Healthy", 4, "promote", true), hidden("b")));
        assertThat(round.outcome()).isEqualTo(Outcome.DEGRADED);
        assertThat(round.orders()).isEmpty();
    }

    @Test
    void isReleasedWhenEveryMemberIs() {
        assertThat(SetMachine.next(List.of(
                                member("a", "Healthy", 4, "promote", true), member("b", "Healthy", 4, "promote", true)))
                        .outcome())
                .isEqualTo(Outcome.RELEASED);
    }

    @Test
    void refusesCirclesAndStrangers() {
        assertThatThrownBy(() -> SetMachine.check(List.of("a", "b"), List.of(List.of("b"), List.of("a"))))
                .hasMessageContaining("in a circle");
        assertThatThrownBy(() -> SetMachine.check(List.of("a", "b"), List.of(List.of("x"), List.of())))
                .hasMessageContaining("not all of these are members");
        assertThatThrownBy(() -> SetMachine.check(List.of("a"), List.of(List.of())))
                .hasMessageContaining("at least two");
        SetMachine.check(List.of("a", "b"), List.of(List.of("b"), List.of()));
    }
}
