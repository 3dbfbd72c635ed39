package io.jenkins.plugins.shera.deploy.release;

import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.release.SetMachine.Order;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What each verb for a whole set tells its members. Pure. */
public final class SetVerbs {

    private SetVerbs() {}

    /** The verbs that fit now. */
    public static Set<SetVerb> fitting(List<Member> members) {
        Set<SetVerb> fitting = EnumSet.noneOf(SetVerb.class);
        for (SetVerb verb : SetVerb.values()) {
            try {
                if (!orders(members, verb, "").isEmpty()) {
                    fitting.add(verb);
                }
            } catch (VerbException e) {
                // does not fit now
            }
        }
        return fitting;
    }

    /**
     * What to tell the members that can be seen.
     *
     * @param by who says it; the one who started a set cannot approve it
     */
    public static List<Order> orders(List<Member> all, SetVerb verb, String by) throws VerbException {
        List<Member> known = all.stream().filter(Member::isKnown).toList();
        boolean back = known.stream().anyMatch(each -> each.hasDecided("abort"));
        boolean forward = verb == SetVerb.PROMOTE || verb == SetVerb.PROMOTE_FULL || verb == SetVerb.RESUME;
        if (forward && known.size() < all.size()) {
            throw new VerbException(
                    "Cannot " + verb.text() + " the release set: not all of its members can be seen, and"
                            + " those that can must not go ahead. Say it again when they are, or abort.");
        }
        return switch (verb) {
            case PROMOTE -> promote(all, known, by, back);
            case PROMOTE_FULL -> skip(known, by, back);
            case PAUSE ->
                expect(
                        back || isDecided(known)
                                ? List.of()
                                : orders(
                                        known,
                                        each -> each.isAtBarrier()
                                                || each.phase() == Phase.PROGRESSING
                                                || each.phase() == Phase.INITIALIZED,
                                        Verb.Kind.PAUSE),
                        verb,
                        "No member is moving before the decision");
            case RESUME ->
                expect(
                        back ? List.of() : orders(known, each -> each.waitsFor("resume"), Verb.Kind.RESUME),
                        verb,
                        "No member was paused by hand");
            case ABORT -> {
                boolean released = known.size() == all.size() && known.stream().allMatch(Member::isStable);
                yield expect(
                        released
                                ? List.of()
                                : orders(
                                        known,
                                        each -> !each.isBack() && !each.hasDecided("abort"),
                                        Verb.Kind.DECIDE_ABORT),
                        verb,
                        released ? "It is released; undo it instead" : "Nothing is under way, or it goes back already");
            }
            case RETRY -> retry(all, known);
            case UNDO -> {
                boolean released = known.size() == all.size() && known.stream().allMatch(Member::isStable);
                yield expect(
                        released && !back ? orders(known, each -> true, Verb.Kind.DECIDE_ABORT) : List.of(),
                        verb,
                        "Only a set whose members are all stable can be undone; abort one that is under way");
            }
        };
    }

    private static List<Order> promote(List<Member> all, List<Member> known, String by, boolean back)
            throws VerbException {
        boolean ready = known.size() == all.size() && known.stream().allMatch(Member::isAtLastBarrier);
        if (ready && !back) {
            return expect(approvals(known, by), SetVerb.PROMOTE, "All members are ready and go on by themselves");
        }
        return expect(
                back ? List.of() : orders(known, Member::isInPause, Verb.Kind.PROMOTE),
                SetVerb.PROMOTE,
                "No member is in a pause");
    }

    private static List<Order> approvals(List<Member> known, String by) throws VerbException {
        List<Member> lacking = known.stream().filter(Member::lacksApproval).toList();
        if (lacking.stream().anyMatch(each -> each.plan().startedBy().equals(by))) {
            throw new VerbException("Cannot promote the release set: "
                    + lacking.get(0).name() + " wants the agreement of somebody other than " + by
                    + ", who started it. Ask a colleague to promote.");
        }
        return orders(lacking, each -> true, Verb.Kind.APPROVE);
    }

    private static List<Order> skip(List<Member> known, String by, boolean back) throws VerbException {
        if (back || isDecided(known) || !known.stream().allMatch(Member::isForward)) {
            return expect(List.of(), SetVerb.PROMOTE_FULL, "Not all members are before the decision");
        }
        List<Order> orders = new ArrayList<>(orders(known, each -> !each.isAtLastStep(), Verb.Kind.SKIP));
        boolean starter =
                known.stream().anyMatch(each -> each.plan().startedBy().equals(by));
        if (!starter || orders.isEmpty()) {
            orders.addAll(0, approvals(known, by));
        }
        return expect(orders, SetVerb.PROMOTE_FULL, "All members are ready and go on by themselves");
    }

    private static List<Order> retry(List<Member> all, List<Member> known) throws VerbException {
        boolean fits = known.size() == all.size() && known.stream().allMatch(each -> !each.undone() && each.isBack());
        return expect(
                fits ? orders(known, each -> true, Verb.Kind.RETRY) : List.of(),
                SetVerb.RETRY,
                "Only a set whose members were all aborted and have gone back can be tried again; begin a new one"
                        + " where a release was undone");
    }

    private static boolean isDecided(List<Member> known) {
        return known.stream().anyMatch(each -> each.hasDecided("promote") || each.phase() == Phase.PROMOTING);
    }

    private static List<Order> expect(List<Order> orders, SetVerb verb, String otherwise) throws VerbException {
        if (orders.isEmpty()) {
            throw new VerbException(
                    "Cannot " + verb.text() + " the release set: it does not fit now. " + otherwise + ".");
        }
        return orders;
    }

    private static List<Order> orders(List<Member> members, Predicate<Member> which, Verb.Kind verb) {
        return members.stream()
                .filter(which)
                .map(each -> new Order(each.key(), verb))
                .toList();
    }
}
