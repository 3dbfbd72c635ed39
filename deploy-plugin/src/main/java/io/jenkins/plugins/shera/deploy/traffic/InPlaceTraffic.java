package io.jenkins.plugins.shera.deploy.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Shares are pods of the workload itself, which get their part of the requests like any other of its pods; the engine replaces as many as
 * the weight asks for. The workload carries the weight and the generation as annotations.
 */
public final class InPlaceTraffic implements TrafficControl {

    /** Pods with ordinals. */
    public static final ResourceKind STATEFUL_SET = new ResourceKind("apps/v1", "StatefulSet", "statefulsets", true);

    /** A pod for each node. */
    public static final ResourceKind DAEMON_SET = new ResourceKind("apps/v1", "DaemonSet", "daemonsets", true);

    /** What the workload carries of it; nobody else writes these. */
    public static final Set<String> MARKS = Set.of(Marks.GENERATION, Marks.WEIGHT);

    private final ResourceKind kind;

    /** Of workloads of this kind. */
    public InPlaceTraffic(ResourceKind kind) {
        this.kind = kind;
    }

    @Override
    public Split split() {
        return Split.IN_PLACE;
    }

    /** The generation that a workload carries; 0 where no rollout left one. */
    public static long generation(JsonNode live) {
        return Marks.generation(live);
    }

    private Optional<JsonNode> find(TrafficTarget target) throws IOException {
        return target.api().find(new ObjectRef(kind, target.namespace(), target.stable()));
    }

    @Override
    public void check(TrafficTarget target) throws IOException {
        if (find(target).isEmpty()) {
            throw new IOException("There is no " + kind.kind() + " " + target.stable() + " of " + target
                    + ". Deploy it with deployManifests.");
        }
    }

    @Override
    public void apply(TrafficTarget target, Traffic wanted) throws IOException {
        if (!wanted.matches().isEmpty()) {
            throw new IOException("Pods of a " + kind.kind()
                    + " get requests whatever their headers and cookies. Leave match out of the steps.");
        }
        check(target);
        mark(target, String.valueOf(wanted.percent()));
    }

    /** Takes the weight away where it is null. */
    private void mark(TrafficTarget target, String weight) throws IOException {
        Optional<JsonNode> live = find(target);
        if (live.isEmpty()) {
            return;
        }
        Marks.fence(live.get(), target);
        if (weight == null && Marks.text(live.get(), Marks.WEIGHT).isEmpty()) {
            return;
        }
        ObjectNode change = Marks.change(live.get());
        change.withObject("/metadata/annotations")
                .put(Marks.GENERATION, String.valueOf(target.generation()))
                .put(Marks.WEIGHT, weight);
        target.api().merge(new ObjectRef(kind, target.namespace(), target.stable()), change);
    }

    @Override
    public TrafficReading read(TrafficTarget target) throws IOException {
        Optional<JsonNode> live = find(target);
        if (live.isEmpty()) {
            return new TrafficReading(0, Traffic.NONE, true, "");
        }
        String weight = Marks.text(live.get(), Marks.WEIGHT);
        return new TrafficReading(
                Marks.generation(live.get()),
                Traffic.of(weight.matches("[0-9]{1,2}|100") ? Integer.parseInt(weight) : 0),
                true,
                "");
    }

    @Override
    public void reset(TrafficTarget target) throws IOException {
        mark(target, null);
    }

    @Override
    public Duration drain() {
        return Duration.ZERO;
    }
}
