package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
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
                new Evidence(api, plan.subject()).keep(plan, canary);
            }
        } else if (act instanceof Act.RemoveCanary) {
            remove(ResourceKind.SERVICE);
            remove(ResourceKind.DEPLOYMENT);
        } else if (act instanceof Act.FreezeScaler) {
            JsonNode stable = observer().deployment(plan.subject().application());
            new Scaler(api, plan.subject())
                    .freeze(stable.path("spec").path("replicas").asInt(1));
        } else if (act instanceof Act.RestoreScaler) {
            new Scaler(api, plan.subject()).restore();
        }
    }

    private Observer observer() {
        return new Observer(api, plan.subject());
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
            api.apply(ref(ResourceKind.SERVICE, plan.subject().canary()), beside, false);
        }
        ObjectNode canary = objects.deployment(stable, replicas, target.generation());
        api.apply(ref(ResourceKind.DEPLOYMENT, plan.subject().canary()), canary, false);
    }

    private void applyStable(boolean after) throws KubeException {
        JsonNode live = observer().deployment(plan.subject().application());
        if (live.isObject()) {
            boolean scaled = new Scaler(api, plan.subject()).find().isPresent();
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
