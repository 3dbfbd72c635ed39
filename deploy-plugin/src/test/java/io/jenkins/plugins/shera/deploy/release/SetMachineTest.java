package io.jenkins.plugins.shera.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.SetPlan;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.canary.Verbs;
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
        return member(name, phase, step, decision, settled, false, "", after);
    }

    private static Member member(
            String name,
            String phase,
            int step,
            String decision,
            boolean settled,
            boolean approval,
            String approvedBy,
            String... after) {
        RolloutPlan plan = new RolloutPlan(
                name,
                new Subject("t", name, "prod", "c", "n"),
                STEPS,
                "replicas",
                Map.of(),
                null,
                null,
                60,
                approval,
                "ann",
                "");
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("phase", phase).put("step", step).put("decision", decision).put("settled", settled);
        status.put("waitsFor", phase.equals("Paused") ? "set" : "").put("reason", "because");
        status.put("approvedBy", approvedBy)
                .put("begun", phase.equals("Healthy") || phase.equals("Promoting") || phase.equals("RolledBack"));
        return Member.seen(name, name, List.of(after), false, plan, RolloutStatus.of(status));
    }

    private static Member hidden(String name) {
        return Member.unseen(name, name, List.of(), false);
    }

    private static Member gone(String name) {
        return Member.unseen(name, name, List.of(), true);
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
    void aMemberThatCannotBeSeenHoldsBackNoneThatHasToGoBack() {
        List<Member> lost =
                List.of(member("a", "Aborted", 1, "", true), member("c", "Paused", 1, "", false), hidden("b"));
        assertThat(SetMachine.next(lost).orders())
                .containsExactly(new Order("a", Verb.Kind.DECIDE_ABORT), new Order("c", Verb.Kind.DECIDE_ABORT));
        SetMachine.Round round = SetMachine.next(List.of(
                member("a", "Aborted", 1, "abort", true), member("c", "Paused", 1, "abort", false), hidden("b")));
        assertThat(round.orders()).containsExactly(new Order("c", Verb.Kind.ABORT));
        assertThat(round.outcome()).isEqualTo(Outcome.DEGRADED);
        assertThat(SetMachine.next(List.of(member("a", "Aborted", 1, "abort", true), hidden("b")))
                        .outcome())
                .isEqualTo(Outcome.DEGRADED);
        assertThat(SetMachine.next(List.of(member("a", "Aborted", 1, "abort", true), gone("b")))
                        .outcome())
                .isEqualTo(Outcome.BACK);
    }

    @Test
    void whatOthersNeedGoesBackAfterThem() {
        Member needed = member("a", "Healthy", 4, "abort", true);
        assertThat(SetMachine.next(List.of(needed, member("b", "Promoting", 3, "abort", false, "a")))
                        .orders())
                .containsExactly(new Order("b", Verb.Kind.ABORT));
        assertThat(SetMachine.next(List.of(needed, member("b", "RolledBack", 3, "abort", false, "a")))
                        .orders())
                .isEmpty();
        assertThat(SetMachine.next(List.of(needed, member("b", "RolledBack", 3, "abort", true, "a")))
                        .orders())
                .containsExactly(new Order("a", null));
    }

    @Test
    void waitsForSomebodyElseWhereAnEnvironmentAsksForApproval() throws Exception {
        Member free = member("a", "Paused", 3, "", false);
        List<Member> ready = List.of(free, member("b", "Paused", 3, "", false, true, ""));
        SetMachine.Round round = SetMachine.next(ready);
        assertThat(round.outcome()).isEqualTo(Outcome.WAITING);
        assertThat(round.orders()).isEmpty();
        assertThat(round.why()).contains("somebody other than ann").contains("because b asks");
        assertThatThrownBy(() -> SetVerbs.orders(ready, SetVerb.PROMOTE, "ann"))
                .isInstanceOf(VerbException.class)
                .hasMessageContaining("somebody other than ann");
        assertThat(SetVerbs.orders(ready, SetVerb.PROMOTE, "bob")).containsExactly(new Order("b", Verb.Kind.APPROVE));
        assertThat(SetMachine.next(List.of(free, member("b", "Paused", 3, "", false, true, "bob")))
                        .orders())
                .containsExactly(new Order("a", Verb.Kind.DECIDE_PROMOTE), new Order("b", Verb.Kind.DECIDE_PROMOTE));
    }

    @Test
    void aMemberTakesNoWordAloneThatWouldLetItRunAhead() throws Exception {
        Member member = member("b", "Paused", 3, "", false, true, "");
        RolloutPlan plan = member.plan()
                .in(new SetPlan("s", List.of(new SetPlan.Part(member.plan().subject(), "b", "i", List.of()))), STEPS);
        for (Verb.Kind kind : List.of(Verb.Kind.PROMOTE, Verb.Kind.PROMOTE_FULL)) {
            assertThatThrownBy(() -> Verbs.apply(plan, member.status(), Verb.of(kind, "bob")))
                    .hasMessageContaining("alone: it is a member of a release set");
        }
        assertThatThrownBy(() -> Verbs.apply(plan, member.status(), Verb.ofSet(Verb.Kind.PROMOTE_FULL, "bob")))
                .hasMessageContaining("has not decided that");
        assertThatThrownBy(() -> Verbs.apply(plan, member.status(), Verb.ofSet(Verb.Kind.APPROVE, "ann")))
                .hasMessageContaining("somebody other than ann");
        RolloutStatus agreed = Verbs.apply(plan, member.status(), Verb.ofSet(Verb.Kind.APPROVE, "bob"));
        RolloutStatus decided = Verbs.apply(plan, agreed, Verb.ofSet(Verb.Kind.DECIDE_PROMOTE, "ann"));
        assertThat(Verbs.apply(plan, decided, Verb.ofSet(Verb.Kind.PROMOTE_FULL, "ann"))
                        .approvedBy())
                .isEqualTo("bob");
        assertThat(Verbs.fitting(plan, member.status()))
                .containsExactlyInAnyOrder(Verb.Kind.ABORT, Verb.Kind.SET_WEIGHT);
        assertThat(RolloutPlan.of(plan.toJson()).set()).isEqualTo(plan.set());
    }

    @Test
    void verbsForTheWholeSetFitWhereAllMembersAre() throws Exception {
        List<Member> moving = List.of(member("a", "Paused", 1, "", false), member("b", "Progressing", 0, "", false));
        assertThat(SetVerbs.fitting(moving)).containsExactly(SetVerb.PROMOTE_FULL, SetVerb.PAUSE, SetVerb.ABORT);
        assertThat(SetVerbs.orders(moving, SetVerb.PROMOTE_FULL, "bob"))
                .containsExactly(new Order("a", Verb.Kind.SKIP), new Order("b", Verb.Kind.SKIP));
        List<Member> released =
                List.of(member("a", "Healthy", 4, "promote", true), member("b", "Healthy", 4, "promote", true));
        assertThat(SetVerbs.fitting(released)).containsExactly(SetVerb.UNDO);
        List<Member> back = List.of(member("a", "Aborted", 1, "abort", true), member("b", "Aborted", 1, "abort", true));
        assertThat(SetVerbs.fitting(back)).containsExactly(SetVerb.RETRY);
        assertThatThrownBy(() -> SetVerbs.orders(
                        List.of(member("a", "Progressing", 0, "", false), hidden("b")), SetVerb.PROMOTE_FULL, "bob"))
                .hasMessageContaining("not all of its members can be seen");
        assertThat(SetVerbs.fitting(List.of(member("a", "Promoting", 3, "promote", false), hidden("b"))))
                .containsExactly(SetVerb.ABORT);
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
