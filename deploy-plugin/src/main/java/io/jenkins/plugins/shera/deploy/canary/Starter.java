package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.apm.AgentSource;
import io.jenkins.plugins.shera.deploy.apm.AgentTemplate;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.pod.Accounts;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
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
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Begins a rollout: looks whether it can be done at all, and records it. Nothing else is changed by beginning. */
public final class Starter {

    private final KubeApi api;
    private final RolloutStore store;
    private final TrafficControl router;
    private final String holder;
    private final AgentSource agents;

    /** As the tenant, where no agents are defined; {@code holder} names this running Jenkins. */
    public Starter(KubeApi api, RolloutStore store, TrafficControl router, String holder) {
        this(api, store, router, holder, AgentSource.NONE);
    }

    /** As the tenant, with the agents it may use. */
    public Starter(KubeApi api, RolloutStore store, TrafficControl router, String holder, AgentSource agents) {
        this.agents = agents;
        this.api = api;
        this.store = store;
        this.router = router;
        this.holder = holder;
    }

    /**
     * Records a plan that releases this image, these variables and settings of pods. Called again with the same plan it finds its own record.
     *
     * @param draft without templates
     * @throws RolloutException when it cannot begin; nothing was changed
     */
    public RolloutRecord begin(RolloutPlan draft, String image, Map<String, String> env, PodSettings pod)
            throws IOException, RolloutException {
        Optional<RolloutRecord> existing = existing(draft);
        if (existing.isPresent() && isSame(existing.get(), draft)) {
            return existing.get();
        }
        JsonNode stable = stable(draft.subject(), Workload.of(draft));
        return record(released(draft, stable, image, env, pod), stable, existing, false);
    }

    /**
     * Looks whether {@link #begin} would begin, and records nothing.
     *
     * @throws RolloutException when it could not
     */
    public void check(RolloutPlan draft, String image, Map<String, String> env, PodSettings pod)
            throws IOException, RolloutException {
        Optional<RolloutRecord> existing = existing(draft);
        if (existing.isEmpty() || !isSame(existing.get(), draft)) {
            JsonNode stable = stable(draft.subject(), Workload.of(draft));
            check(released(draft, stable, image, env, pod), stable, existing, false);
        }
    }

    private RolloutPlan released(
            RolloutPlan draft, JsonNode stable, String image, Map<String, String> env, PodSettings pod)
            throws IOException, RolloutException {
        Subject subject = draft.subject();
        Workload workload = Workload.of(draft);
        Optional<String> refusal =
                new Accounts(api, subject.namespace(), subject.tenant()).refusal(pod.serviceAccount());
        if (refusal.isPresent()) {
            throw new RolloutException("Cannot begin a rollout of " + subject + ": " + refusal.get());
        }
        JsonNode template = stable.path("spec").path("template");
        ApmState apm = ApmState.of(stable);
        ApmSwitch agent = new ApmSwitch(api, subject, agents);
        ObjectNode bare = Templates.released(bare(draft, template), subject.application(), image, env, pod);
        if (workload.inPlace()) {
            new InPlacePreflight(draft, stable).check();
        }
        if (!pod.isEmpty() || workload.inPlace()) {
            bare = completed(subject, workload, stable, bare);
        }
        return draft.withTemplates(template, agent.stable(apm, bare)).withCanary(agent.canary(apm, bare));
    }

    /** With what the server adds where nothing is said, by which the promoted Deployment is known again; or its refusal, before anything is done. */
    private ObjectNode completed(Subject subject, Workload workload, JsonNode stable, ObjectNode template)
            throws KubeException, RolloutException {
        try {
            return (ObjectNode)
                    api.apply(workload.ref(subject), CanaryObjects.alike(subject, stable, template, true), true)
                            .path("spec")
                            .path("template");
        } catch (KubeException e) {
            if (e.kind().isPassing()) {
                throw e;
            }
            throw new RolloutException(
                    "Cannot begin a rollout of " + subject + ": the cluster would refuse its pods. " + e.getMessage(),
                    e);
        }
    }

    private static ObjectNode bare(RolloutPlan draft, JsonNode template) throws RolloutException {
        try {
            return AgentTemplate.off(template);
        } catch (IllegalArgumentException e) {
            throw new RolloutException("Cannot begin a rollout of " + draft.subject() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Switches APM: records a plan without steps, or only marks the Deployment where no pod has to be replaced. Called again with the same
     * plan it finds its own record.
     *
     * @param log gets what changes, a line each
     * @return empty when no pods are replaced; then it is done
     */
    public Optional<RolloutRecord> apm(RolloutPlan draft, ApmOrder order, Consumer<String> log)
            throws IOException, RolloutException {
        Optional<RolloutRecord> existing = existing(draft);
        if (existing.isPresent() && isSame(existing.get(), draft)) {
            return existing;
        }
        ApmSwitch apm = new ApmSwitch(api, draft.subject(), agents);
        ApmPlan plan = apm.plan(order);
        plan.lines().forEach(log);
        if (plan.isRelease()) {
            log.accept(plan.restarts() + (plan.restarts() == 1 ? " pod is" : " pods are")
                    + " replaced, one after another.");
            RolloutPlan release =
                    draft.withTemplates(plan.before(), plan.after()).with(plan.change());
            return Optional.of(record(release, stable(draft.subject(), Workload.DEPLOYMENT), existing, false));
        }
        if (!plan.isDone()) {
            apm.mark(plan);
        }
        return Optional.empty();
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
        Workload workload = Workload.find(api, draft.subject()).orElse(Workload.DEPLOYMENT);
        JsonNode stable = stable(draft.subject(), workload);
        if (workload.inPlace()) {
            JsonNode kept = earlierInPlace(draft.subject(), stable, revision);
            ObjectNode released = completed(draft.subject(), workload, stable, Revisions.template(kept));
            RolloutPlan back = draft.withRouter(workload.router())
                    .withTemplates(stable.path("spec").path("template"), released);
            return record(back, stable, existing, true);
        }
        JsonNode earlier = earlier(draft.subject(), stable, revision);
        ObjectNode after = Templates.ofReplicaSet(earlier);
        RolloutPlan plan = draft.withTemplates(stable.path("spec").path("template"), after)
                .with(alongside(stable, earlier, after));
        return record(plan, stable, existing, true);
    }

    /** Going back over a switch of APM takes the mark of canaries along as it was then; other ways back leave it. */
    private static ApmChange alongside(JsonNode stable, JsonNode earlier, JsonNode after) {
        boolean carried =
                !AgentTemplate.agentOf(stable.path("spec").path("template")).isEmpty();
        boolean carries = !AgentTemplate.agentOf(after).isEmpty();
        String mark = carries ? "" : ApmState.mark(earlier);
        return carried == carries ? null : new ApmChange("", ApmState.mark(stable), mark);
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

    private JsonNode stable(Subject subject, Workload workload) throws KubeException, RolloutException {
        Optional<JsonNode> stable = workload.live(api, subject);
        if (stable.isPresent()) {
            return stable.get();
        }
        String none = "Cannot begin a rollout of " + subject + ": there is no " + workload.word() + " "
                + subject.application();
        Optional<Workload> other = Workload.find(api, subject);
        if (other.isPresent() && other.get().inPlace()) {
            throw new RolloutException(none + " but a " + other.get().word()
                    + ", whose pods are replaced where they stand, and nothing beside them can get a share. Choose the router "
                    + other.get().router() + ".");
        }
        if (other.isPresent()) {
            throw new RolloutException(
                    none + " but a Deployment. Choose the router replicas, gatewayApi, ingress or" + " kubeng.");
        }
        throw new RolloutException(none + " yet. Deploy the application once with "
                + (workload.inPlace() ? "deployManifests." : "deployApplication."));
    }

    private JsonNode earlierInPlace(Subject subject, JsonNode stable, String revision)
            throws KubeException, RolloutException {
        List<JsonNode> kept = Revisions.of(api, stable).stream().skip(1).toList();
        return chosen(subject, kept, Revisions::number, revision);
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
        return chosen(subject, sets, Starter::revision, revision);
    }

    /** Of revisions, the newest first. */
    private static JsonNode chosen(
            Subject subject, List<JsonNode> sets, ToLongFunction<JsonNode> number, String revision)
            throws RolloutException {
        return sets.stream()
                .filter(set -> revision.isEmpty()
                        || String.valueOf(number.applyAsLong(set)).equals(revision))
                .findFirst()
                .orElseThrow(() -> new RolloutException("Cannot undo " + subject + ": "
                        + (revision.isEmpty()
                                ? "there is no revision before the present one."
                                : "there is no earlier revision " + revision + ".")
                        + " Known are: "
                        + sets.stream()
                                .map(set -> String.valueOf(number.applyAsLong(set)))
                                .toList() + "."));
    }

    private static long revision(JsonNode replicaSet) {
        return replicaSet
                .path("metadata")
                .path("annotations")
                .path("deployment.kubernetes.io/revision")
                .asLong();
    }

    /** Refuses what cannot begin; gives where its traffic goes. */
    private TrafficTarget check(RolloutPlan plan, JsonNode stable, Optional<RolloutRecord> existing, boolean undo)
            throws IOException, RolloutException {
        String released = Templates.hash(plan.after());
        if (released.equals(Templates.hash(plan.before())) && plan.canary() == null) {
            throw new RolloutException("Nothing to release in " + plan.subject() + ": stable already runs "
                    + plan.image() + " with the same settings.");
        }
        if (!undo && existing.isPresent()) {
            refusePinned(plan, existing.get(), released);
        }
        TrafficTarget target = target(plan, 0);
        if (!undo && !plan.isSwitch()) {
            if (!Workload.of(plan).inPlace()) {
                new Preflight(api, plan, stable).check(router.split() == Split.REQUESTS);
            }
            router.check(target);
        }
        return target;
    }

    private RolloutRecord record(RolloutPlan plan, JsonNode stable, Optional<RolloutRecord> existing, boolean undo)
            throws IOException, RolloutException {
        TrafficTarget target = check(plan, stable, existing, undo);
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
        boolean switched = last.plan().isSwitch() || plan.isSwitch();
        if (undone && !switched && Templates.hash(last.plan().before()).equals(released)) {
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
