package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Begins a rollout: looks whether it can be done at all, and records it. Nothing else is changed by beginning. */
public final class Starter {

    private final KubeApi api;
    private final RolloutStore store;
    private final TrafficControl router;
    private final String holder;

    /** As the tenant; {@code holder} names this running Jenkins. */
    public Starter(KubeApi api, RolloutStore store, TrafficControl router, String holder) {
        this.api = api;
        this.store = store;
        this.router = router;
        this.holder = holder;
    }

    /**
     * Records a plan that releases this image and these variables. Called again with the same plan it finds its own record.
     *
     * @param draft without templates
     * @throws RolloutException when it cannot begin; nothing was changed
     */
    public RolloutRecord begin(RolloutPlan draft, String image, Map<String, String> env)
            throws IOException, RolloutException {
        Optional<RolloutRecord> existing = existing(draft);
        if (existing.isPresent() && isSame(existing.get(), draft)) {
            return existing.get();
        }
        JsonNode stable = stable(draft.subject());
        JsonNode template = stable.path("spec").path("template");
        ObjectNode after = Templates.released(template, draft.subject().application(), image, env);
        return record(draft.withTemplates(template, after), stable, existing, false);
    }

    /**
     * Records a plan that makes an earlier revision stable again, without steps.
     *
     * @param revision as {@code kubectl rollout history} counts, or empty for the one before the present
     */
    public RolloutRecord undo(RolloutPlan draft, String revision) throws IOException, RolloutException {
        Optional<RolloutRecord> existing = existing(draft);
        if (existing.isPresent() && isSame(existing.get(), draft)) {
            return existing.get();
        }
        JsonNode stable = stable(draft.subject());
        JsonNode earlier = earlier(draft.subject(), stable, revision);
        ObjectNode after = Templates.ofReplicaSet(earlier);
        RolloutPlan plan = draft.withTemplates(stable.path("spec").path("template"), after);
        return record(plan, stable, existing, true);
    }

    private static boolean isSame(RolloutRecord existing, RolloutPlan draft) {
        return existing.plan().id().equals(draft.id()) && existing.trusted();
    }

    private Optional<RolloutRecord> existing(RolloutPlan draft) throws KubeException, RolloutException {
        Optional<RolloutRecord> existing = store.load();
        if (existing.isPresent()
                && !existing.get().status().isOver()
                && !existing.get().plan().id().equals(draft.id())) {
            RolloutRecord running = existing.get();
            throw new RolloutException("Cannot begin a rollout of " + draft.subject() + ": another one of "
                    + running.plan().image() + " is " + running.status().phase().text() + " there"
                    + (running.plan().build().isEmpty()
                            ? ""
                            : " (" + running.plan().build() + ")")
                    + ". Promote or abort it first."
                    + (running.trusted()
                            ? ""
                            : " It was recorded by another Jenkins; if that one is gone, delete the ConfigMap "
                                    + draft.subject().record() + "."));
        }
        return existing;
    }

    private JsonNode stable(Subject subject) throws KubeException, RolloutException {
        JsonNode stable = new Observer(api, subject).deployment(subject.application());
        if (!stable.isObject()) {
            throw new RolloutException("Cannot begin a rollout of " + subject + ": there is no Deployment "
                    + subject.application() + " yet. Deploy the application once with deployApplication.");
        }
        return stable;
    }

    private JsonNode earlier(Subject subject, JsonNode stable, String revision) throws KubeException, RolloutException {
        String uid = stable.path("metadata").path("uid").asText();
        String present = Templates.hash(stable.path("spec").path("template"));
        List<JsonNode> sets = api.list(ResourceKind.REPLICA_SET, subject.namespace(), "", "").stream()
                .filter(set -> set.path("metadata")
                        .path("ownerReferences")
                        .path(0)
                        .path("uid")
                        .asText()
                        .equals(uid))
                .filter(set -> !Templates.hash(Templates.ofReplicaSet(set)).equals(present))
                .sorted(Comparator.comparingLong(Starter::revision).reversed())
                .toList();
        return sets.stream()
                .filter(set ->
                        revision.isEmpty() || String.valueOf(revision(set)).equals(revision))
                .findFirst()
                .orElseThrow(() -> new RolloutException("Cannot undo " + subject + ": "
                        + (revision.isEmpty()
                                ? "there is no revision before the present one."
                                : "there is no earlier revision " + revision + ".")
                        + " Known are: "
                        + sets.stream()
                                .map(set -> String.valueOf(revision(set)))
                                .toList() + "."));
    }

    private static long revision(JsonNode replicaSet) {
        return replicaSet
                .path("metadata")
                .path("annotations")
                .path("deployment.kubernetes.io/revision")
                .asLong();
    }

    private RolloutRecord record(RolloutPlan plan, JsonNode stable, Optional<RolloutRecord> existing, boolean undo)
            throws IOException, RolloutException {
        String released = Templates.hash(plan.after());
        if (released.equals(Templates.hash(plan.before()))) {
            throw new RolloutException("Nothing to release in " + plan.subject() + ": stable already runs "
                    + plan.image() + " with the same settings.");
        }
        if (!undo && existing.isPresent()) {
            refusePinned(plan, existing.get(), released);
        }
        TrafficTarget target = target(plan, 0);
        if (!undo) {
            new Preflight(api, plan, stable).check(router.split() == Split.REQUESTS);
            router.check(target);
        }
        long found = Math.max(
                existing.map(record -> record.status().generation()).orElse(0L),
                router.read(target).generation());
        RolloutStatus status = new RolloutStatus();
        status.generation = found + 1;
        status.holder = holder;
        status.startedAt = Instant.now().toString();
        status.changedAt = status.startedAt;
        status.changedBy = plan.startedBy();
        String version;
        try {
            version = store.save(
                    plan, status, existing.map(RolloutRecord::version).orElse(""));
        } catch (KubeException e) {
            if (e.kind() == Kind.CONFLICT) {
                throw new RolloutException("Cannot begin a rollout of " + plan.subject()
                        + ": another one began at the same moment. Look at that one first.");
            }
            throw e;
        }
        return new RolloutRecord(plan, status, version, true);
    }

    /** After going back the stable revision is pinned: what was left does not come back because a build runs again. */
    private static void refusePinned(RolloutPlan plan, RolloutRecord last, String released) throws RolloutException {
        boolean wentBack =
                last.status().phase() == Phase.ABORTED || last.status().phase() == Phase.ROLLED_BACK;
        if (wentBack && Templates.hash(last.plan().after()).equals(released)) {
            throw new RolloutException("Cannot begin a rollout of " + plan.subject() + ": this very release was "
                    + last.status().phase().text() + " before (" + last.status().reason()
                    + ") and stable is pinned. Release another image, or let a person retry it (retryRollout).");
        }
        boolean undone =
                last.status().phase() == Phase.HEALTHY && last.plan().steps().isEmpty();
        if (undone && Templates.hash(last.plan().before()).equals(released)) {
            throw new RolloutException("Cannot begin a rollout of " + plan.subject() + ": this very release was undone"
                    + " before by " + last.plan().startedBy()
                    + ", and stable is pinned. Release another image, or go back to its revision by hand (undoRollout, or the"
                    + " tab History).");
        }
    }

    private TrafficTarget target(RolloutPlan plan, long generation) throws KubeException {
        Subject subject = plan.subject();
        return new TrafficTarget(
                subject.tenant(),
                subject.application(),
                subject.environment(),
                subject.cluster(),
                subject.namespace(),
                subject.application(),
                subject.canary(),
                Ports.of(api, subject),
                plan.id(),
                generation,
                api);
    }
}
