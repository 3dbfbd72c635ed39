package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.traffic.InPlaceTraffic;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.Optional;

/** The kinds of workloads that can be rolled out. Which one it is follows from the router: it decides where new pods stand. */
public enum Workload {
    /** New pods stand beside it, in a Deployment of their own. */
    DEPLOYMENT(ResourceKind.DEPLOYMENT, ""),
    /** Its pods from an ordinal on are the new ones. */
    STATEFUL_SET(InPlaceTraffic.STATEFUL_SET, "partition"),
    /** Its pods are replaced a batch at a time. */
    DAEMON_SET(InPlaceTraffic.DAEMON_SET, "onDelete");

    private final ResourceKind kind;
    private final String router;

    Workload(ResourceKind kind, String router) {
        this.kind = kind;
        this.router = router;
    }

    /** That of this plan. */
    public static Workload of(RolloutPlan plan) {
        for (Workload each : values()) {
            if (each.router.equals(plan.router())) {
                return each;
            }
        }
        return DEPLOYMENT;
    }

    /** The one that bears this name, if any. */
    public static Optional<Workload> find(KubeApi api, Subject subject) throws KubeException {
        for (Workload each : values()) {
            if (api.find(each.ref(subject)).isPresent()) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** As the cluster has it; empty when it is not there. */
    public Optional<JsonNode> live(KubeApi api, Subject subject) throws KubeException {
        return api.find(ref(subject));
    }

    /** Where it is. */
    public ObjectRef ref(Subject subject) {
        return new ObjectRef(kind, subject.namespace(), subject.application());
    }

    /** Whether its pods are replaced where they stand. */
    public boolean inPlace() {
        return this != DEPLOYMENT;
    }

    /** The only router that fits, empty where several do. */
    public String router() {
        return router;
    }

    /** Its kind as Kubernetes spells it. */
    public String word() {
        return kind.kind();
    }
}
