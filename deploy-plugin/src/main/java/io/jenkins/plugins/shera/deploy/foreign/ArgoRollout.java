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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Rollout of Argo Rollouts, told what to do by the same changes that its own command line makes. */
final class ArgoRollout implements ForeignRollout {

    private static final String POD_LABEL = "rollouts-pod-template-hash";
    private static final Set<String> PAUSES = Set.of("CanaryPauseStep", "BlueGreenPause", "manually paused");
    private static final String REVISION = "rollout.argoproj.io/revision";

    private final KubeApi api;
    private final Subject subject;
    private final JsonNode live;
    private final List<JsonNode> sets;
    private final JsonNode template;

    private ArgoRollout(KubeApi api, Subject subject, JsonNode live, List<JsonNode> sets, JsonNode template) {
        this.api = api;
        this.subject = subject;
        this.live = live;
        this.sets = sets;
        this.template = template;
    }

    static ArgoRollout read(KubeApi api, Subject subject, JsonNode live) throws KubeException {
        String uid = live.path("metadata").path("uid").asText();
        List<JsonNode> sets = api.list(ResourceKind.REPLICA_SET, subject.namespace(), "", "").stream()
                .filter(set -> set.path("metadata")
                        .path("ownerReferences")
                        .path(0)
                        .path("uid")
                        .asText()
                        .equals(uid))
                .toList();
        JsonNode template = live.path("spec").path("template");
        String referred = live.path("spec").path("workloadRef").path("name").asText();
        if (!template.isObject() && !referred.isEmpty()) {
            ObjectRef ref = new ObjectRef(ResourceKind.DEPLOYMENT, subject.namespace(), referred);
            template = api.find(ref)
                    .map(each -> each.path("spec").path("template"))
                    .orElse(MissingNode.getInstance());
        }
        return new ArgoRollout(api, subject, live, sets, template);
    }

    @Override
    public String controller() {
        return "Argo Rollouts";
    }

    private JsonNode status() {
        return live.path("status");
    }

    private JsonNode steps() {
        return live.path("spec").path("strategy").path("canary").path("steps");
    }

    private int step() {
        return status().path("currentStepIndex").asInt(0);
    }

    private boolean isAborted() {
        return status().path("abort").asBoolean();
    }

    private boolean isUnderWay() {
        return !status().path("currentPodHash")
                .asText()
                .equals(status().path("stableRS").asText());
    }

    private boolean isPausedByHand() {
        return live.path("spec").path("paused").asBoolean();
    }

    private boolean isPaused() {
        return status().path("pauseConditions").size() > 0;
    }

    private Phase phase() {
        if (isAborted()) {
            return Phase.ABORTED;
        }
        if (isPausedByHand() || isPaused()) {
            return Phase.PAUSED;
        }
        return switch (status().path("phase").asText()) {
            case "Healthy" -> Phase.HEALTHY;
            case "Degraded" -> Phase.DEGRADED;
            case "Paused" -> Phase.PAUSED;
            case "" -> Phase.INITIALIZED;
            default -> steps().size() > 0 && step() >= steps().size() ? Phase.PROMOTING : Phase.PROGRESSING;
        };
    }

    @Override
    public RolloutRecord record() {
        List<PlanStep> plan = new ArrayList<>();
        steps().forEach(each -> plan.add(step(each)));
        JsonNode before = set(status().path("stableRS").asText())
                .map(each -> each.path("spec").path("template"))
                .orElse(template);
        String waits = phase() != Phase.PAUSED ? "" : isPausedByHand() ? "resume" : "promote";
        String message = isAborted()
                ? status().path("message").asText("aborted")
                : said(status().path("message").asText(""));
        return Facts.record(subject, live, "argoRollouts", plan, before, template, phase(), step(), waits, message);
    }

    /** Its words for a pause say no more than what is waited for. */
    private static String said(String message) {
        return PAUSES.contains(message) ? "" : message;
    }

    private static PlanStep step(JsonNode step) {
        if (step.has("setWeight")) {
            return new PlanStep.SetWeight(
                    Math.max(0, Math.min(100, step.path("setWeight").asInt())));
        }
        Map.Entry<String, JsonNode> first =
                step.properties().stream().findFirst().orElse(Map.entry("step", JsonNodeFactory.instance.objectNode()));
        String detail =
                switch (first.getKey()) {
                    case "pause" -> first.getValue().path("duration").asText("");
                    case "setCanaryScale" ->
                        first.getValue().has("replicas")
                                ? first.getValue().path("replicas").asText()
                                : first.getValue().path("weight").asText() + " %";
                    default ->
                        first.getValue()
                                .path("templates")
                                .path(0)
                                .path("templateName")
                                .asText("");
                };
        return new PlanStep.Other(first.getKey(), (first.getKey() + " " + detail).strip());
    }

    private Optional<JsonNode> set(String label) {
        return sets.stream()
                .filter(each -> !label.isEmpty()
                        && each.path("metadata")
                                .path("labels")
                                .path(POD_LABEL)
                                .asText()
                                .equals(label))
                .findFirst();
    }

    @Override
    public World world() {
        Side stable =
                set(status().path("stableRS").asText()).map(ArgoRollout::side).orElse(Side.NONE);
        Side canary = isUnderWay()
                ? set(status().path("currentPodHash").asText())
                        .map(ArgoRollout::side)
                        .orElse(Side.NONE)
                : Side.NONE;
        return Facts.world(stable, canary, weight(stable, canary));
    }

    private static Side side(JsonNode set) {
        return Facts.side(
                set.path("spec").path("replicas").asInt(),
                set.path("status").path("readyReplicas").asInt());
    }

    /** What its traffic router has; without one, pods are shares. */
    private int weight(Side stable, Side canary) {
        JsonNode routed = status().path("canary").path("weights").path("canary").path("weight");
        if (routed.isInt()) {
            return routed.asInt();
        }
        int all = stable.ready() + canary.ready();
        return all == 0 ? 0 : Math.round(100f * canary.ready() / all);
    }

    @Override
    public Set<Verb.Kind> verbs() {
        if (isAborted()) {
            return EnumSet.of(Verb.Kind.RETRY);
        }
        if (!isUnderWay()) {
            return EnumSet.noneOf(Verb.Kind.class);
        }
        Set<Verb.Kind> verbs = EnumSet.of(Verb.Kind.PROMOTE, Verb.Kind.PROMOTE_FULL, Verb.Kind.ABORT);
        verbs.add(isPausedByHand() ? Verb.Kind.RESUME : Verb.Kind.PAUSE);
        return verbs;
    }

    @Override
    public void tell(Verb verb) throws KubeException, VerbException {
        if (verb.kind() == Verb.Kind.ABORT && (isAborted() || !isUnderWay())) {
            return;
        }
        if (verb.kind() == Verb.Kind.SET_WEIGHT) {
            throw new VerbException("Cannot setWeight: Argo Rollouts takes its weights from the steps of the Rollout "
                    + name() + ", and has no order for another one. Promote it to its next step, or change its steps.");
        }
        if (!verbs().contains(verb.kind())) {
            throw new VerbException("Cannot " + verb.kind().text() + ": the Rollout " + name() + " of Argo Rollouts is "
                    + phase().text() + ". What fits now: "
                    + verbs().stream().map(Verb.Kind::text).toList() + ".");
        }
        switch (verb.kind()) {
            case PROMOTE -> promote();
            case PROMOTE_FULL -> status("promoteFull", JsonNodeFactory.instance.booleanNode(true));
            case PAUSE -> paused(true);
            case RESUME -> paused(false);
            case ABORT -> status("abort", JsonNodeFactory.instance.booleanNode(true));
            default -> status("abort", JsonNodeFactory.instance.booleanNode(false));
        }
    }

    /** Out of its pause; where there is none, over the step under way. */
    private void promote() throws KubeException {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        ObjectNode status = change.putObject("status").putNull("pauseConditions");
        boolean canary = live.path("spec").path("strategy").has("canary");
        if (!isPaused() && canary && !isPausedByHand()) {
            status.put("currentStepIndex", Math.min(steps().size(), step() + 1));
        }
        api.mergeInto(ref(), "status", change);
        if (isPausedByHand()) {
            paused(false);
        }
    }

    private void status(String field, JsonNode value) throws KubeException {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("status").set(field, value);
        api.mergeInto(ref(), "status", change);
    }

    private void paused(boolean paused) throws KubeException {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("spec").put("paused", paused);
        api.merge(ref(), change);
    }

    private String name() {
        return live.path("metadata").path("name").asText();
    }

    private ObjectRef ref() {
        return new ObjectRef(ForeignRollouts.ARGO, subject.namespace(), name());
    }

    @Override
    public void undo(String revision) throws KubeException, VerbException {
        if (!live.path("spec").path("template").isObject()) {
            throw new VerbException("Cannot undo: the Rollout " + name() + " of Argo Rollouts takes its pods from the"
                    + " Deployment " + subject.application() + ". Go back there: kubectl rollout undo.");
        }
        List<JsonNode> earlier = sets.stream()
                .sorted(Comparator.comparingLong(ArgoRollout::revision).reversed())
                .toList();
        JsonNode chosen = earlier.stream()
                .skip(revision.isEmpty() ? 1 : 0)
                .filter(each ->
                        revision.isEmpty() || String.valueOf(revision(each)).equals(revision))
                .findFirst()
                .orElseThrow(() -> new VerbException("Cannot undo: the Rollout " + name() + " of Argo Rollouts has no"
                        + " revision " + (revision.isEmpty() ? "before the present one" : revision) + ". Known are: "
                        + earlier.stream().map(ArgoRollout::revision).toList() + "."));
        ObjectNode back = live.deepCopy();
        ObjectNode pods = chosen.path("spec").path("template").deepCopy();
        if (pods.path("metadata").path("labels") instanceof ObjectNode labels) {
            labels.remove(POD_LABEL);
        }
        back.withObject("/spec").set("template", pods);
        back.put("apiVersion", ForeignRollouts.ARGO.apiVersion()).put("kind", ForeignRollouts.ARGO.kind());
        api.replace(ref(), back);
    }

    private static long revision(JsonNode set) {
        return set.path("metadata").path("annotations").path(REVISION).asLong();
    }
}
