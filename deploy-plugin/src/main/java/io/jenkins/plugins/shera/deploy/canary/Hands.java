package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.util.Optional;

/** Carries out acts. Each may be done again without harm. */
final class Hands {

    private final KubeApi api;
    private final RolloutPlan plan;
    private final TrafficControl router;
    private final TrafficTarget target;

    Hands(KubeApi api, RolloutPlan plan, TrafficControl router, TrafficTarget target) {
        this.api = api;
        this.plan = plan;
        this.router = router;
        this.target = target;
    }

    /** Everything but measuring. */
    void carryOut(Act act) throws IOException {
        if (workload().inPlace() && inPlace(act)) {
            return;
        }
        if (act instanceof Act.ApplyCanary apply) {
            applyCanary(apply.replicas());
        } else if (act instanceof Act.Route route) {
            router.apply(target, route.traffic());
        } else if (act instanceof Act.ResetTraffic) {
            router.reset(target);
        } else if (act instanceof Act.ApplyStable apply) {
            applyStable(apply.after());
        } else if (act instanceof Act.KeepEvidence) {
            JsonNode canary = observer().deployment(plan.subject().canary());
            if (canary.isObject()) {
                new Evidence(api, plan.subject()).keepOf(plan, canary);
            }
        } else if (act instanceof Act.RemoveCanary) {
            remove(ResourceKind.SERVICE);
            remove(ResourceKind.DEPLOYMENT);
        } else if (act instanceof Act.FreezeScaler) {
            JsonNode stable = workload().live(api, plan.subject()).orElse(MissingNode.getInstance());
            scaler().freeze(stable.path("spec").path("replicas").asInt(1));
        } else if (act instanceof Act.RestoreScaler) {
            scaler().restore();
        }
    }

    /** What is done to the workload itself where its own pods are replaced; false for any other act. */
    private boolean inPlace(Act act) throws IOException {
        InPlace pods = InPlace.of(api, plan);
        long generation = target.generation();
        if (act instanceof Act.ApplyCanary apply) {
            pods.ask(apply.replicas(), isScaled(), generation);
        } else if (act instanceof Act.ApplyStable apply) {
            pods.settle(apply.after(), isScaled(), generation);
        } else if (act instanceof Act.RemoveCanary) {
            pods.settle(false, isScaled(), generation);
        } else if (act instanceof Act.ReplacePods) {
            pods.replace(generation);
        } else if (act instanceof Act.KeepEvidence) {
            new Evidence(api, plan.subject()).keep(plan, pods.fresh());
        } else {
            return false;
        }
        return true;
    }

    private Workload workload() {
        return Workload.of(plan);
    }

    private Scaler scaler() {
        return new Scaler(api, plan.subject(), workload());
    }

    private boolean isScaled() throws KubeException {
        return scaler().find().isPresent();
    }

    private Observer observer() {
        return new Observer(api, plan);
    }

    private void applyCanary(int replicas) throws KubeException {
        JsonNode stable = observer().deployment(plan.subject().application());
        if (!stable.isObject()) {
            return;
        }
        CanaryObjects objects = new CanaryObjects(plan);
        Optional<JsonNode> service =
                api.find(ref(ResourceKind.SERVICE, plan.subject().application()));
        if (service.isPresent()) {
            ObjectNode beside = objects.service(stable, service.get());
            ObjectRef ref = ref(ResourceKind.SERVICE, plan.subject().canary());
            if (!isAlike(api.find(ref), beside)) {
                api.apply(ref, beside, false);
            }
        }
        ObjectNode canary = objects.deployment(stable, replicas, target.generation());
        api.apply(ref(ResourceKind.DEPLOYMENT, plan.subject().canary()), canary, false);
    }

    /** Whether a Service selects and offers what it should already; what the server adds to ports does not count. */
    private static boolean isAlike(Optional<JsonNode> live, JsonNode wanted) {
        return live.isPresent()
                && live.get()
                        .path("spec")
                        .path("selector")
                        .equals(wanted.path("spec").path("selector"))
                && live.get()
                        .path("spec")
                        .path("ports")
                        .equals(wanted.path("spec").path("ports"))
                && live.get()
                        .path("metadata")
                        .path("annotations")
                        .path("shera.io/application")
                        .equals(wanted.path("metadata").path("annotations").path("shera.io/application"));
    }

    private void applyStable(boolean after) throws KubeException {
        JsonNode live = observer().deployment(plan.subject().application());
        if (live.isObject()) {
            boolean scaled = isScaled();
            JsonNode template = after ? plan.after() : plan.before();
            CanaryObjects objects = new CanaryObjects(plan);
            ObjectNode wanted = objects.stable(live, template, scaled, target.generation());
            if (plan.apm() != null) {
                CanaryObjects.marked(
                        wanted, after ? plan.apm().after() : plan.apm().before());
            }
            api.apply(ref(ResourceKind.DEPLOYMENT, plan.subject().application()), wanted, false);
        }
    }

    private void remove(ResourceKind kind) throws KubeException {
        ObjectRef ref = ref(kind, plan.subject().canary());
        Optional<JsonNode> live = api.find(ref);
        if (live.isPresent() && isOurs(live.get())) {
            api.delete(ref, live.get().path("metadata").path("uid").asText());
        }
    }

    private boolean isOurs(JsonNode live) {
        JsonNode annotations = live.path("metadata").path("annotations");
        return annotations
                        .path("shera.io/tenant")
                        .asText()
                        .equals(plan.subject().tenant())
                && annotations
                        .path("shera.io/application")
                        .asText()
                        .equals(plan.subject().application());
    }

    private ObjectRef ref(ResourceKind kind, String name) {
        return new ObjectRef(kind, plan.subject().namespace(), name);
    }
}
