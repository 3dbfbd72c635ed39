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
        MOVING("Progressing"),
        /** It goes on when a person says so. */
        WAITING("Paused"),
        /** A member cannot be seen, so nothing is decided forward and nothing is called complete. */
        DEGRADED("Degraded"),
        /** Every member is stable. */
        RELEASED("Healthy"),
        /** Every member went back. */
        BACK("RolledBack");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** As pages and REST spell it, in the words of a single rollout. */
        public String text() {
            return text;
        }

        /** Whether nothing is left to do. */
        public boolean isEnd() {
            return this == RELEASED || this == BACK;
        }
    }

    /**
     * What to tell one member.
     *
     * @param member its key
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
            throw new IllegalArgumentException(
                    "A release set needs at least two members, each application once in each environment.");
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
    public static Round next(List<Member> all) {
        List<Member> members = all.stream().filter(Member::isKnown).toList();
        List<Member> lost = members.stream().filter(Member::isLost).toList();
        if (!lost.isEmpty() || members.stream().anyMatch(each -> each.hasDecided("abort"))) {
            return goBack(all, members, lost);
        }
        if (members.size() < all.size()) {
            return new Round(Outcome.DEGRADED, List.of(), unseen(all) + "; everything stays as it is");
        }
        if (members.stream().allMatch(Member::isStable)) {
            return new Round(Outcome.RELEASED, List.of(), "");
        }
        if (members.stream().allMatch(each -> each.hasDecided("promote"))) {
            return moving(promotions(members), "promoting");
        }
        if (members.stream().allMatch(Member::isAtLastBarrier)) {
            return decide(members);
        }
        List<Member> free = members.stream()
                .filter(each -> each.isAtBarrier() && !each.isAtLastBarrier() && mayPass(each, members))
                .toList();
        List<Member> slow = members.stream().filter(each -> !each.isAtBarrier()).toList();
        String why = slow.isEmpty() ? "" : "waiting for " + names(slow);
        boolean person = free.isEmpty()
                && slow.stream().allMatch(each -> each.waitsFor("promote") || each.waitsFor("resume"))
                && !slow.isEmpty();
        return person
                ? new Round(
                        Outcome.WAITING,
                        List.of(),
                        names(slow) + ": " + slow.get(0).status().reason())
                : moving(orders(free, Verb.Kind.PROMOTE), why);
    }

    private static Round decide(List<Member> members) {
        List<Member> lacking = members.stream().filter(Member::lacksApproval).toList();
        if (!lacking.isEmpty()) {
            return new Round(
                    Outcome.WAITING,
                    List.of(),
                    "all members are ready; somebody other than "
                            + lacking.get(0).plan().startedBy() + " has to promote the set, because "
                            + names(lacking) + " asks for approval");
        }
        return moving(
                orders(
                        members.stream()
                                .filter(each -> !each.hasDecided("promote"))
                                .toList(),
                        Verb.Kind.DECIDE_PROMOTE),
                "all members are ready: recording the decision to promote");
    }

    private static boolean mayPass(Member one, List<Member> members) {
        return members.stream()
                .allMatch(other -> other.status().step() > one.status().step()
                        || other.status().step() == one.status().step() && other.isAtBarrier());
    }

    private static List<Order> promotions(List<Member> members) {
        List<String> stable =
                members.stream().filter(Member::isStable).map(Member::key).toList();
        return orders(
                members.stream()
                        .filter(each -> each.phase() == Phase.PAUSED && stable.containsAll(each.after()))
                        .toList(),
                Verb.Kind.PROMOTE_FULL);
    }

    /**
     * One recorded decision to go back is enough: nobody can promote any more, so those that can be seen go back at once. What serves the
     * new revision already goes back only after the members that need it.
     */
    private static Round goBack(List<Member> all, List<Member> members, List<Member> lost) {
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
            boolean free = !serves(member) || all.stream().allMatch(other -> !needs(other, member) || isBack(other));
            if (free && member.isStable()) {
                orders.add(new Order(member.key(), null));
            } else if (free && !member.undone() && !member.phase().isEnd()) {
                orders.add(new Order(member.key(), Verb.Kind.ABORT));
            }
        }
        if (all.stream().anyMatch(each -> !each.isKnown() && !each.gone())) {
            return new Round(Outcome.DEGRADED, orders, why + "; " + unseen(all));
        }
        boolean done = orders.isEmpty() && members.stream().allMatch(Member::isBack);
        return done ? new Round(Outcome.BACK, List.of(), why) : moving(orders, why);
    }

    private static boolean serves(Member member) {
        return member.status().isBegun();
    }

    private static boolean needs(Member other, Member member) {
        return other.after().contains(member.key());
    }

    private static boolean isBack(Member member) {
        if (!member.isKnown()) {
            return member.gone();
        }
        return member.isBack() || !member.undone() && !serves(member);
    }

    private static Round moving(List<Order> orders, String why) {
        return new Round(Outcome.MOVING, orders, why);
    }

    private static List<Order> orders(List<Member> members, Verb.Kind verb) {
        return members.stream().map(each -> new Order(each.key(), verb)).toList();
    }

    private static String unseen(List<Member> all) {
        List<Member> hidden =
                all.stream().filter(each -> !each.isKnown() && !each.gone()).toList();
        List<Member> gone = all.stream().filter(Member::gone).toList();
        String parts = hidden.isEmpty() ? "" : "cannot see " + names(hidden);
        return gone.isEmpty()
                ? parts
                : (parts.isEmpty() ? "" : parts + ", and ") + "the rollout of " + names(gone)
                        + " did not begin or is not recorded any more";
    }

    private static String names(List<Member> members) {
        return members.stream().map(Member::name).collect(Collectors.joining(", "));
    }
}
