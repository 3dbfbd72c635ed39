package io.jenkins.plugins.shera.deploy.release;

import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decides what a release set tells its members next: a pure function of what they are now. A decision for all is recorded in each member
 * before the first acts on it; so whoever comes after a crash finds what was decided, and nobody promotes while another goes back.
 */
public final class SetMachine {

    /** Where the whole set stands. */
    public enum Outcome {
        /** Under way. */
        MOVING,
        /** A member cannot be seen, so nothing is decided and nothing is called complete. */
        DEGRADED,
        /** Every member is stable. */
        RELEASED,
        /** Every member went back. */
        BACK
    }

    /**
     * What to tell one member.
     *
     * @param verb null to undo a release that is complete already
     */
    public record Order(String member, Verb.Kind verb) {}

    /**
     * The next round.
     *
     * @param why for people, may be empty
     */
    public record Round(Outcome outcome, List<Order> orders, String why) {}

    private SetMachine() {}

    /** The steps of a member: after each one all wait for the slowest. */
    public static List<PlanStep> withBarriers(List<PlanStep> steps) {
        List<PlanStep> plan = new ArrayList<>();
        for (PlanStep step : steps) {
            plan.add(step);
            plan.add(new PlanStep.Barrier());
        }
        return plan;
    }

    /**
     * Refuses names that are there twice, unknown names in {@code after}, and circles.
     *
     * @throws IllegalArgumentException saying which
     */
    public static void check(List<String> names, List<List<String>> after) {
        if (names.size() < 2 || names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("A release set needs at least two members, each application once.");
        }
        List<String> placed = new ArrayList<>();
        while (placed.size() < names.size()) {
            int before = placed.size();
            for (int i = 0; i < names.size(); i++) {
                if (!names.containsAll(after.get(i))) {
                    throw new IllegalArgumentException("The member " + names.get(i) + " comes after " + after.get(i)
                            + ", and not all of these are members.");
                }
                if (!placed.contains(names.get(i)) && placed.containsAll(after.get(i))) {
                    placed.add(names.get(i));
                }
            }
            if (placed.size() == before) {
                throw new IllegalArgumentException("The members wait for one another in a circle. Correct 'after'.");
            }
        }
    }

    /** What comes next. */
    public static Round next(List<Member> members) {
        List<Member> hidden = members.stream().filter(each -> !each.isKnown()).toList();
        if (!hidden.isEmpty()) {
            return new Round(
                    Outcome.DEGRADED, List.of(), "cannot see " + names(hidden) + "; everything stays as it is");
        }
        boolean back = members.stream().anyMatch(each -> each.hasDecided("abort"));
        List<Member> lost = members.stream().filter(Member::isLost).toList();
        if (back || !lost.isEmpty()) {
            return goBack(members, lost);
        }
        if (members.stream().allMatch(Member::isStable)) {
            return new Round(Outcome.RELEASED, List.of(), "");
        }
        if (members.stream().allMatch(each -> each.hasDecided("promote"))) {
            return moving(promotions(members), "promoting");
        }
        if (members.stream().allMatch(Member::isAtLastBarrier)) {
            return moving(
                    orders(
                            members.stream()
                                    .filter(each -> !each.hasDecided("promote"))
                                    .toList(),
                            Verb.Kind.DECIDE_PROMOTE),
                    "all members are ready: recording the decision to promote");
        }
        List<Member> free = members.stream()
                .filter(each -> each.isAtBarrier() && !each.isAtLastBarrier() && mayPass(each, members))
                .toList();
        List<Member> slow = members.stream().filter(each -> !each.isAtBarrier()).toList();
        return moving(orders(free, Verb.Kind.PROMOTE), slow.isEmpty() ? "" : "waiting for " + names(slow));
    }

    private static boolean mayPass(Member one, List<Member> members) {
        return members.stream()
                .allMatch(other -> other.status().step() > one.status().step()
                        || other.status().step() == one.status().step() && other.isAtBarrier());
    }

    private static List<Order> promotions(List<Member> members) {
        List<String> stable =
                members.stream().filter(Member::isStable).map(Member::name).toList();
        return orders(
                members.stream()
                        .filter(each -> each.phase() == Phase.PAUSED && stable.containsAll(each.after()))
                        .toList(),
                Verb.Kind.PROMOTE_FULL);
    }

    private static Round goBack(List<Member> members, List<Member> lost) {
        String why = lost.isEmpty()
                ? "going back"
                : names(lost) + " is lost: " + lost.get(0).status().reason();
        List<Order> record = orders(
                members.stream().filter(each -> !each.hasDecided("abort")).toList(), Verb.Kind.DECIDE_ABORT);
        if (!record.isEmpty()) {
            return moving(record, why);
        }
        List<Order> orders = new ArrayList<>();
        for (Member member : members) {
            if (member.isStable()) {
                orders.add(new Order(member.name(), null));
            } else if (!member.undone() && !member.phase().isEnd()) {
                orders.add(new Order(member.name(), Verb.Kind.ABORT));
            }
        }
        boolean done = orders.isEmpty()
                && members.stream().allMatch(each -> each.status().isOver());
        return done ? new Round(Outcome.BACK, List.of(), why) : moving(orders, why);
    }

    private static Round moving(List<Order> orders, String why) {
        return new Round(Outcome.MOVING, orders, why);
    }

    private static List<Order> orders(List<Member> members, Verb.Kind verb) {
        return members.stream().map(each -> new Order(each.name(), verb)).toList();
    }

    private static String names(List<Member> members) {
        return members.stream().map(Member::name).collect(Collectors.joining(", "));
    }
}
