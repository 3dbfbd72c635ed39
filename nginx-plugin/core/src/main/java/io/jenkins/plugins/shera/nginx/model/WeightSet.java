package io.jenkins.plugins.shera.nginx.model;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The weights of all routes of a node, one for each owner; generations never go back. */
public final class WeightSet {
    private final SortedMap<String, Weight> byOwner;

    private WeightSet(SortedMap<String, Weight> byOwner) {
        this.byOwner = byOwner;
    }

    /** A set of these. */
    public static WeightSet of(Collection<Weight> weights) {
        SortedMap<String, Weight> byOwner = new TreeMap<>();
        weights.forEach(weight -> byOwner.put(weight.owner().id(), weight));
        return new WeightSet(byOwner);
    }

    /** In the order of their owners. */
    public Collection<Weight> weights() {
        return byOwner.values();
    }

    /** The weight of this owner's route; empty when no rollout ever set one. */
    public Optional<Weight> of(RouteOwner owner) {
        return Optional.ofNullable(byOwner.get(owner.id()));
    }

    /**
     * The set with this weight in place of what its owner had before.
     *
     * @throws StaleWeightException if what its owner had is of a later generation
     */
    public WeightSet with(Weight weight) throws StaleWeightException {
        Weight before = byOwner.get(weight.owner().id());
        if (before != null && before.generation() > weight.generation()) {
            throw new StaleWeightException(weight.generation(), before.generation());
        }
        SortedMap<String, Weight> changed = new TreeMap<>(byOwner);
        changed.put(weight.owner().id(), weight);
        return new WeightSet(changed);
    }

    /** The set without the owner's share; of a rollout's its generation stays, so that an older rollout is still refused. */
    public WeightSet without(RouteOwner owner) {
        SortedMap<String, Weight> changed = new TreeMap<>(byOwner);
        Weight before = changed.remove(owner.id());
        if (before != null && before.generation() > 0) {
            changed.put(owner.id(), Weight.none(owner, before.rollout(), before.generation()));
        }
        return new WeightSet(changed);
    }
}
