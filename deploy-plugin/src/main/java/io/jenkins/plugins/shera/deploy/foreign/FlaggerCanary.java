package io.jenkins.plugins.shera.deploy.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import io.jenkins.plugins.shera.deploy.canary.RolloutRecord;
import io.jenkins.plugins.shera.deploy.canary.Side;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.canary.World;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A Canary of Flagger: shown with its steps, and held or let go, which is all that its controller takes from people. */
final class FlaggerCanary implements ForeignRollout {

    private static final Map<Verb.Kind, String> REFUSED = Map.of(
            Verb.Kind.PROMOTE,
                    "it goes on by its analysis and its gates (web hooks), and takes no order to. Open its gate",
            Verb.Kind.PROMOTE_FULL,
                    "its only order for that, spec.skipAnalysis, would also count for every later release. Set it in the Canary"
                            + " by hand, and back",
            Verb.Kind.ABORT,
                    "it goes back by its analysis or a rollback gate (web hook), and takes no order to. Close"
                            + " its gate, or deploy the image before to the target",
            Verb.Kind.RETRY, "it begins again when the pods of its target change. Deploy the image to the target again",
            Verb.Kind.SET_WEIGHT, "it takes its weights from its analysis. Pause it, or change spec.analysis");

    private final KubeApi api;
    private final Subject subject;
    private final JsonNode live;
    private final JsonNode target;
    private final JsonNode primary;

    private FlaggerCanary(KubeApi api, Subject subject, JsonNode live, JsonNode target, JsonNode primary) {
        this.api = api;
        this.subject = subject;
        this.live = live;
        this.target = target;
        this.primary = primary;
    }

    static FlaggerCanary read(KubeApi api, Subject subject, JsonNode live) throws KubeException {
        String name = subject.application();
        return new FlaggerCanary(
                api, subject, live, deployment(api, subject, name), deployment(api, subject, name + "-primary"));
    }

    private static JsonNode deployment(KubeApi api, Subject subject, String name) throws KubeException {
        return api.find(new ObjectRef(ResourceKind.DEPLOYMENT, subject.namespace(), name))
                .orElse(MissingNode.getInstance());
    }

    @Override
    public String controller() {
        return "Flagger";
    }

    private JsonNode status() {
        return live.path("status");
    }

    private boolean isSuspended() {
        return live.path("spec").path("suspend").asBoolean();
    }

    private boolean isUnderWay() {
        return List.of("Progressing", "Waiting", "WaitingPromotion", "Promoting", "Finalising")
                .contains(status().path("phase").asText());
    }

    private Phase phase() {
        if (isSuspended() && isUnderWay()) {
            return Phase.PAUSED;
        }
        return switch (status().path("phase").asText()) {
            case "Progressing" -> Phase.PROGRESSING;
            case "Waiting", "WaitingPromotion" -> Phase.PAUSED;
            case "Promoting", "Finalising" -> Phase.PROMOTING;
            case "Succeeded" -> Phase.HEALTHY;
            case "Failed" -> Phase.ROLLED_BACK;
            case "Terminating", "Terminated" -> Phase.DEGRADED;
            default -> Phase.INITIALIZED;
        };
    }

    /** The weights in order; of a plan by iterations, one step each. */
    private List<PlanStep> steps() {
        JsonNode analysis = live.path("spec").path("analysis");
        List<PlanStep> steps = new ArrayList<>();
        int by = analysis.path("stepWeight").asInt();
        int most = Math.min(100, analysis.path("maxWeight").asInt(100));
        analysis.path("stepWeights")
                .forEach(each -> steps.add(new PlanStep.SetWeight(Math.max(0, Math.min(100, each.asInt())))));
        if (steps.isEmpty() && by > 0) {
            for (int weight = by; weight <= most; weight += by) {
                steps.add(new PlanStep.SetWeight(weight));
            }
        }
        int iterations = Math.min(100, analysis.path("iterations").asInt());
        if (iterations > 0) {
            steps.clear();
        }
        for (int i = 1; i <= iterations; i++) {
            steps.add(new PlanStep.Other("iteration", "iteration " + i));
        }
        return steps;
    }

    private int step(List<PlanStep> steps) {
        if (phase() == Phase.HEALTHY || phase() == Phase.PROMOTING) {
            return steps.size();
        }
        int weight = status().path("canaryWeight").asInt();
        int reached = (int) steps.stream()
                .filter(each -> each instanceof PlanStep.SetWeight set && set.percent() < weight)
                .count();
        return Math.max(reached, status().path("iterations").asInt());
    }

    @Override
    public RolloutRecord record() {
        List<PlanStep> steps = steps();
        JsonNode after = target.path("spec").path("template");
        JsonNode before = primary.isObject() ? primary.path("spec").path("template") : after;
        String reason = status().path("conditions").path(0).path("message").asText("");
        String waits = isSuspended() && isUnderWay() ? "resume" : "";
        return Facts.record(subject, live, "flagger", steps, before, after, phase(), step(steps), waits, reason);
    }

    @Override
    public World world() {
        Side fresh = isUnderWay() ? side(target) : Side.NONE;
        return Facts.world(side(primary), fresh, status().path("canaryWeight").asInt());
    }

    private static Side side(JsonNode deployment) {
        return Facts.side(
                deployment.path("spec").path("replicas").asInt(),
                deployment.path("status").path("readyReplicas").asInt());
    }

    @Override
    public Set<Verb.Kind> verbs() {
        if (isSuspended()) {
            return EnumSet.of(Verb.Kind.RESUME);
        }
        return isUnderWay() ? EnumSet.of(Verb.Kind.PAUSE) : EnumSet.noneOf(Verb.Kind.class);
    }

    @Override
    public void tell(Verb verb) throws KubeException, VerbException {
        String name = live.path("metadata").path("name").asText();
        if (REFUSED.containsKey(verb.kind())) {
            throw new VerbException("Cannot " + verb.kind().text() + ": Flagger drives this rollout (Canary " + name
                    + "), and " + REFUSED.get(verb.kind()) + ".");
        }
        if (!verbs().contains(verb.kind())) {
            throw new VerbException(
                    "Cannot " + verb.kind().text() + ": the Canary " + name + " of Flagger is " + phase().text() + ".");
        }
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("spec").put("suspend", verb.kind() == Verb.Kind.PAUSE);
        api.merge(new ObjectRef(ForeignRollouts.FLAGGER, subject.namespace(), name), change);
    }

    @Override
    public void undo(String revision) throws VerbException {
        throw new VerbException(
                "Cannot undo: Flagger drives this rollout and keeps no revisions. Deploy the image before to"
                        + " the Deployment " + subject.application() + "; Flagger releases it as it does any other.");
    }
}
