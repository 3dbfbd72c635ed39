package io.jenkins.plugins.shera.deploy.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Workload;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.Autoscaler;
import io.jenkins.plugins.shera.deploy.rollout.Replicas;
import io.jenkins.plugins.shera.deploy.rollout.RunningRollout;
import io.jenkins.plugins.shera.deploy.storage.Writers;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.rollout.Observation;
import io.jenkins.plugins.shera.kube.rollout.RolloutJudge;
import io.jenkins.plugins.shera.kube.rollout.RolloutReader;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.kube.rollout.WorkloadReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads and sets the number of pods of one application; the same order given again changes nothing. All calls talk to the cluster. */
public final class Scaling {

    /** What the cluster said earlier than this is not about what was done now. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    private final KubeApi api;
    private final Subject subject;
    private final Origin origin;
    private Workload workload = Workload.DEPLOYMENT;

    /** Of this application in this environment; {@code build} says for people who asked. */
    public Scaling(KubeApi api, Subject subject, String build) {
        this.api = api;
        this.subject = subject;
        this.origin = new Origin(subject.tenant(), subject.application(), subject.environment(), "scale", build);
    }

    /** How it is now; empty when the application is not deployed. */
    public Optional<ScaleFacts> look() throws KubeException {
        Optional<JsonNode> live = live();
        if (live.isEmpty()) {
            return Optional.empty();
        }
        if (workload == Workload.DAEMON_SET) {
            JsonNode status = live.get().path("status");
            return Optional.of(new ScaleFacts(
                    workload.word(),
                    status.path("desiredNumberScheduled").asInt(),
                    status.path("numberReady").asInt(),
                    0,
                    null,
                    false));
        }
        Autoscaler scaler = autoscaler().orElse(null);
        return Optional.of(new ScaleFacts(
                workload.word(),
                Replicas.of(live.get()),
                live.get().path("status").path("readyReplicas").asInt(),
                Replicas.asleepFrom(live.get()),
                scaler,
                scaler != null && origin.owns(scaler.live())));
    }

    /**
     * Makes it so.
     *
     * @return what was done, as a sentence for people
     * @throws ScaleException when it cannot be, with nothing changed
     */
    public String apply(ScaleOrder order) throws ScaleException, KubeException {
        JsonNode live = live().orElseThrow(() -> refused(
                "it is not deployed there, or what bears its name belongs to another application. Deploy it first."));
        if (workload == Workload.DAEMON_SET) {
            throw refused(
                    "it is a DaemonSet, which has one pod on each node it may run on, so their number follows the nodes."
                            + " Choose the nodes in its manifests, by nodeSelector and tolerations.");
        }
        String moving = RunningRollout.moving(api, subject.namespace(), subject.application());
        if (!moving.isEmpty()) {
            throw refused("a rollout of it is " + moving
                    + ", which needs the number of pods as it is. Promote or abort the rollout first.");
        }
        Optional<Autoscaler> scaler = autoscaler();
        if (scaler.isPresent() && !origin.owns(scaler.get().live())) {
            throw refused("the HorizontalPodAutoscaler " + scaler.get().name()
                    + " owns the number of pods, and SheRa did not make it. Change or delete it where it comes from.");
        }
        oneWriter(live, order);
        return switch (order.way()) {
            case FIXED -> fixed(live, scaler, order.min());
            case WAKE -> wake(live);
            case AUTO -> auto(live, order);
        };
    }

    private void oneWriter(JsonNode live, ScaleOrder order) throws ScaleException, KubeException {
        int pods =
                switch (order.way()) {
                    case FIXED -> order.min();
                    case AUTO -> order.max();
                    case WAKE -> Replicas.asleepFrom(live);
                };
        if (pods <= 1) {
            return;
        }
        for (Writers.Mounted mounted :
                Writers.of(api, subject.namespace(), live.path("spec").path("template"))) {
            if (mounted.exclusive()) {
                throw refused("its volume " + mounted.claim() + " can be written by one node or pod only ("
                        + mounted.modes() + "), and " + pods
                        + " pods would all write to it. Keep one pod, or use a ReadWriteMany volume.");
            }
        }
    }

    private String fixed(JsonNode live, Optional<Autoscaler> scaler, int number) throws KubeException {
        String gone = "";
        if (scaler.isPresent()) {
            JsonNode object = scaler.get().live();
            api.delete(
                    scaler.get().ref(subject.namespace()),
                    object.path("metadata").path("uid").asText());
            gone = "The autoscaler (" + scaler.get().min() + " to "
                    + scaler.get().max() + ") was removed. ";
        }
        int now = Replicas.of(live);
        int asleepFrom = number > 0 ? 0 : now > 0 ? now : Replicas.asleepFrom(live);
        replicas().set(number, asleepFrom, true, false);
        return gone + subject + ": " + now + " -> " + number + " pods"
                + (number == 0 && asleepFrom > 0 ? "; it sleeps and wakes to " + asleepFrom + "." : ".");
    }

    private String wake(JsonNode live) throws ScaleException, KubeException {
        if (Replicas.of(live) > 0) {
            return subject + " is awake: " + Replicas.of(live) + " pods.";
        }
        int number = Math.max(1, Replicas.asleepFrom(live));
        replicas().set(number, 0, true, false);
        return subject + " wakes: 0 -> " + number + " pods.";
    }

    private String auto(JsonNode live, ScaleOrder order) throws ScaleException, KubeException {
        need(live, "cpu", order.cpu());
        need(live, "memory", order.memory());
        int now = Replicas.of(live);
        if (now < order.min()) {
            // An autoscaler leaves what has 0 pods alone, and one below its bounds waits for it.
            replicas().set(order.min(), 0, true, false);
        } else {
            replicas().hold();
        }
        ObjectRef ref = new ObjectRef(Autoscaler.KIND, subject.namespace(), subject.application());
        api.apply(ref, autoscaler(order), false);
        return subject + ": " + order + ".";
    }

    /** Percent of nothing is nothing: without a request the autoscaler would stand still, silently. */
    private void need(JsonNode live, String resource, int percent) throws ScaleException {
        if (percent == 0) {
            return;
        }
        for (JsonNode container :
                live.path("spec").path("template").path("spec").path("containers")) {
            if (!container.path("resources").path("requests").has(resource)) {
                throw refused("container " + container.path("name").asText() + " asks for no " + resource
                        + ", so there is nothing to take " + percent + " % of. Deploy it with " + resource
                        + " first, for example deployApplication(" + resource + ": '"
                        + (resource.equals("cpu") ? "250m" : "256Mi") + "', ...).");
            }
        }
    }

    private ObjectNode autoscaler(ScaleOrder order) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Autoscaler.KIND.apiVersion()).put("kind", Autoscaler.KIND.kind());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", subject.application()).put("namespace", subject.namespace());
        origin.stamp(metadata);
        ObjectNode spec = object.putObject("spec");
        spec.putObject("scaleTargetRef")
                .put("apiVersion", "apps/v1")
                .put("kind", workload.word())
                .put("name", subject.application());
        spec.put("minReplicas", order.min()).put("maxReplicas", order.max());
        metric(spec, "cpu", order.cpu());
        metric(spec, "memory", order.memory());
        if (order.metric() != null) {
            order.metric().toJson(spec.withArrayProperty("metrics").addObject());
        }
        return object;
    }

    private static void metric(ObjectNode spec, String resource, int percent) {
        if (percent > 0) {
            ObjectNode metric = spec.withArrayProperty("metrics").addObject().put("type", "Resource");
            metric.putObject("resource")
                    .put("name", resource)
                    .putObject("target")
                    .put("type", "Utilization")
                    .put("averageUtilization", percent);
        }
    }

    /** How far it is; a failure carries the pod's own reason. */
    public RolloutState progress(long deadlineMillis) throws KubeException {
        if (live().isPresent() && workload.inPlace()) {
            Instant deadline = Instant.now().plusMillis(deadlineMillis - System.currentTimeMillis());
            return new WorkloadReader(api, workload.ref(subject))
                    .read(api.serverNow().minus(RECENT), deadline);
        }
        RolloutReader reader = new RolloutReader(api, subject.namespace(), subject.application());
        Observation seen = reader.observe();
        Duration left = Duration.ofMillis(deadlineMillis - System.currentTimeMillis());
        return reader.explain(RolloutJudge.judge(seen, seen.now().plus(left)));
    }

    private ScaleException refused(String why) {
        return new ScaleException("Cannot scale " + subject + ": " + why);
    }

    private Optional<Autoscaler> autoscaler() throws KubeException {
        return Autoscaler.of(api, subject.namespace(), workload.word(), subject.application());
    }

    private Replicas replicas() {
        return new Replicas(api, workload.ref(subject));
    }

    /** What bears the application's name, of whatever kind, and is nobody else's. */
    private Optional<JsonNode> live() throws KubeException {
        for (Workload each : Workload.values()) {
            Optional<JsonNode> found = each.live(api, subject).filter(live -> !origin.isForeign(live));
            if (found.isPresent()) {
                workload = each;
                return found;
            }
        }
        return Optional.empty();
    }
}
