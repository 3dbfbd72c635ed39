package io.jenkins.plugins.shera.kubeng.daemon;

import io.jenkins.plugins.shera.kubeng.figures.FigureDoor;
import io.jenkins.plugins.shera.kubeng.figures.LaneFigures;
import io.jenkins.plugins.shera.kubeng.intended.IntentStore;
import io.jenkins.plugins.shera.kubeng.objects.ObjectState;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the figures take from the daemon's documents and lanes. */
final class ToldFigures implements FigureDoor.Daemon {
    private final Function<Intent.Kind, IntentStore> stores;
    private final Function<Intent.Kind, NodeState> states;
    private final Supplier<List<ObjectState>> objects;
    private Intent known;
    private Map<String, String> tenants = Map.of();

    ToldFigures(
            Function<Intent.Kind, IntentStore> stores,
            Function<Intent.Kind, NodeState> states,
            Supplier<List<ObjectState>> objects) {
        this.stores = stores;
        this.states = states;
        this.objects = objects;
    }

    /** Those of the last document that could be read, which are made anew only when there is another, and those of objects. */
    @Override
    public synchronized Map<String, String> tenantsByHost() {
        try {
            Intent now = stores.apply(Intent.Kind.ROUTES).inForce().orElse(null);
            if (now != null && now != known) {
                Map<String, String> hosts = new TreeMap<>();
                now.routes().stream()
                        .filter(route -> route.host() != null
                                && route.owner() != null
                                && route.owner().tenant() != null)
                        .forEach(route ->
                                hosts.putIfAbsent(route.host(), route.owner().tenant()));
                tenants = Map.copyOf(hosts);
                known = now;
            }
        } catch (IOException e) {
            // The lane tells that its document cannot be read.
        }
        Map<String, String> all = new TreeMap<>(tenants);
        objects.get().forEach(one -> one.hosts().forEach(host -> all.putIfAbsent(host, one.tenant())));
        return all;
    }

    @Override
    public SortedMap<String, LaneFigures> lanes() {
        SortedMap<String, LaneFigures> lanes = new TreeMap<>();
        for (Intent.Kind kind : Intent.Kind.values()) {
            NodeState state = states.apply(kind);
            lanes.put(
                    kind.word(),
                    new LaneFigures(
                            state.generation(),
                            state.refused(),
                            state.reloads(),
                            state.leftOut().size(),
                            !state.error().isEmpty()));
        }
        return lanes;
    }
}
