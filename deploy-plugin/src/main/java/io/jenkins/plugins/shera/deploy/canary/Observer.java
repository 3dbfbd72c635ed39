package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.RolloutJudge;
import io.jenkins.plugins.shera.kube.rollout.RolloutReader;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Reads the world of one rollout, each time from the start; asks about single pods only where a side is not as it should be. */
final class Observer {

    private final KubeApi api;
    private final RolloutPlan plan;
    private final Subject subject;

    Observer(KubeApi api, RolloutPlan plan) {
        this.api = api;
        this.plan = plan;
        this.subject = plan.subject();
    }

    /** {@code explain} asks about pods where a side is not complete: that costs several requests. */
    World look(TrafficControl router, TrafficTarget target, boolean explain) throws IOException {
        Optional<JsonNode> scaler = new Scaler(api, subject, Workload.of(plan)).find();
        boolean frozen = scaler.map(Scaler::isFrozen).orElse(false);
        if (router.split() == Split.IN_PLACE) {
            InPlace.Sides sides = InPlace.of(api, plan).look();
            TrafficReading marks = router.read(target);
            TrafficReading traffic =
                    new TrafficReading(marks.generation(), marks.traffic(), marks.settled(), sides.share());
            return new World(
                    sides.stable(),
                    sides.canary(),
                    traffic,
                    Split.IN_PLACE,
                    scaler.isPresent(),
                    frozen,
                    0,
                    sides.percent());
        }
        return new World(
                side(subject.application(), explain),
                side(subject.canary(), explain),
                router.read(target),
                router.split(),
                scaler.isPresent(),
                frozen,
                router.drain().toMillis());
    }

    JsonNode deployment(String name) throws KubeException {
        return api.find(new ObjectRef(ResourceKind.DEPLOYMENT, subject.namespace(), name))
                .orElse(MissingNode.getInstance());
    }

    private Side side(String name, boolean explain) throws KubeException {
        JsonNode live = deployment(name);
        if (!live.isObject() || live.path("metadata").has("deletionTimestamp")) {
            return Side.NONE;
        }
        JsonNode status = live.path("status");
        int desired = live.path("spec").path("replicas").asInt(1);
        int available = status.path("availableReplicas").asInt();
        String hash = Templates.hash(live.path("spec").path("template"));
        boolean seen = status.path("observedGeneration").asLong(-1)
                >= live.path("metadata").path("generation").asLong();
        boolean complete = seen
                && available == desired
                && status.path("updatedReplicas").asInt() == desired
                && status.path("replicas").asInt() == desired;
        if (complete) {
            return new Side(true, desired, available, hash, true, false, "");
        }
        if (!explain) {
            return new Side(true, desired, available, hash, false, false, "");
        }
        RolloutReader reader = new RolloutReader(api, subject.namespace(), name);
        RolloutState state = reader.explain(RolloutJudge.judge(reader.observe(), Instant.MAX));
        String trouble = state.trouble() == null ? "" : state.trouble().message();
        boolean failed = state.phase() == RolloutState.Phase.FAILED;
        return new Side(true, desired, state.available(), hash, false, failed, trouble);
    }
}
