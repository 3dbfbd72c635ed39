package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.manifest.BroughtManifests;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.ManifestLedger.Entry;
import io.jenkins.plugins.shera.deploy.traffic.InPlaceTraffic;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.apply.ApplyException;
import io.jenkins.plugins.shera.kube.apply.Change;
import io.jenkins.plugins.shera.kube.apply.Plan;
import io.jenkins.plugins.shera.kube.manifest.Guard;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.ManifestException;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.kube.rollout.WorkloadReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One deployment of a set of manifests, in acts that can each be repeated: {@link #plan}, {@link #apply}, {@link #look},
 * {@link #finish}. What must survive a restart stands in {@link ManifestState}, which the caller saves after every act.
 */
public final class ManifestDeployment {

    private static final ResourceKind AUTOSCALER =
            new ResourceKind("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true);

    private static final Set<ResourceKind> ROLLED_OUT =
            Set.of(ResourceKind.DEPLOYMENT, InPlaceTraffic.STATEFUL_SET, InPlaceTraffic.DAEMON_SET);

    private final KubeApi api;
    private final Kinds kinds;
    private final Applier applier;
    private final ManifestRequest request;
    private final ManifestState state;
    private final ManifestLedger ledger;
    private Optional<String> pinned = Optional.empty();

    /** Goes on from where the state stands. */
    public ManifestDeployment(KubeApi api, ManifestRequest request, ManifestState state) {
        this.api = api;
        this.kinds = new Kinds(api);
        this.applier = new Applier(api, kinds);
        this.request = request;
        this.state = state;
        this.ledger = new ManifestLedger(api, request);
    }

    /**
     * Lets the server try everything without keeping it.
     *
     * @return lines for people: what would change, and what would be taken away
     * @throws DeployException if anything would be refused, or something of somebody else stands there
     */
    public List<String> plan() throws DeployException, KubeException {
        Optional<JsonNode> before = ledger.live();
        List<Manifest> manifests = manifests();
        List<String> problems = new ArrayList<>();
        for (Manifest manifest : manifests) {
            ObjectRef ref = applier.ref(manifest);
            Optional<JsonNode> live = api.find(ref);
            if (live.isPresent() && !isOurs(live.get())) {
                problems.add("There is a " + ref + " that does not belong to this set; to hand it over: kubectl -n "
                        + ref.namespace() + " label --overwrite " + ref.kind().plural() + "/" + ref.name() + " "
                        + BroughtManifests.label(request.setId()) + ".");
            }
            if (ROLLED_OUT.contains(ref.kind())) {
                String moving = RunningRollout.moving(api, ref.namespace(), ref.name());
                if (!moving.isEmpty()) {
                    problems.add("A rollout of " + ref + " is " + moving + "; promote or abort it first.");
                }
            }
        }
        refuse(problems);
        Plan plan = applier.plan(manifests);
        refuse(plan.refusals().stream()
                .map(each -> each.ref() + ": " + each.refusal().getMessage())
                .toList());
        pinned = pin(manifests);
        List<String> lines = new ArrayList<>(plan.lines());
        for (Map.Entry<ObjectRef, JsonNode> each : obsolete(before, manifests).entrySet()) {
            lines.add((isKept(each.getKey()) ? "keep (not in the set any more) " : "delete ") + each.getKey());
        }
        state.planned(ManifestLedger.requestOf(before));
        return lines;
    }

    /** Why the plan made brings back what somebody went back from, which needs a reason; empty when it does not. */
    public Optional<String> pinned() {
        return pinned;
    }

    /** Rollouts are of the workload that bears the application's name; others of the set are nobody's stable side. */
    private Optional<String> pin(List<Manifest> manifests) throws KubeException {
        for (Manifest manifest : manifests) {
            ObjectRef own = applier.ref(manifest);
            if (ROLLED_OUT.contains(own.kind())
                    && own.namespace().equals(request.namespace())
                    && own.name().equals(request.origin().application())) {
                return Pin.refusal(api, own, api.find(own), manifest);
            }
        }
        return Optional.empty();
    }

    private void refuse(List<String> problems) throws DeployException {
        if (!problems.isEmpty()) {
            throw new DeployException(
                    "Cannot deploy " + request + ", so nothing was changed. " + String.join("\n", problems), null);
        }
    }

    /** Guarded, marked, and with the number of pods that an autoscaler decides on. */
    private List<Manifest> manifests() throws DeployException, KubeException {
        List<Manifest> all = new ArrayList<>();
        try {
            List<Manifest> placed = new Guard(request.namespaces(), kinds)
                    .check(BroughtManifests.read(request.yaml()).manifests(), request.namespace());
            Set<String> scaled = scaled(placed);
            for (Manifest each : placed) {
                Manifest stamped = BroughtManifests.stamped(each, request.origin(), request.setId());
                all.add(scaled.contains(target(each)) ? asScaled(stamped) : stamped);
            }
        } catch (ManifestException e) {
            throw new DeployException("Cannot deploy " + request + ", so nothing was changed. " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new DeployException("Cannot deploy " + request + ", so nothing was changed: " + e.getMessage(), e);
        }
        return all;
    }

    private static String target(Manifest manifest) {
        return manifest.namespace() + "/" + manifest;
    }

    /** What autoscalers, of the set or of the cluster, decide on. */
    private Set<String> scaled(List<Manifest> placed) throws KubeException {
        Set<String> scaled = new LinkedHashSet<>();
        Set<String> namespaces = new LinkedHashSet<>();
        for (Manifest each : placed) {
            if (each.kind().equals(AUTOSCALER.kind())) {
                scaled.add(each.namespace() + "/" + scaleTarget(each.content()));
            } else if (each.content().path("spec").has("replicas")) {
                namespaces.add(each.namespace());
            }
        }
        for (String namespace : namespaces) {
            try {
                api.list(AUTOSCALER, namespace, "", "")
                        .forEach(each -> scaled.add(namespace + "/" + scaleTarget(each)));
            } catch (KubeException e) {
                if (e.kind() != KubeException.Kind.FORBIDDEN) {
                    throw e;
                }
            }
        }
        return scaled;
    }

    private static String scaleTarget(JsonNode autoscaler) {
        JsonNode target = autoscaler.path("spec").path("scaleTargetRef");
        return target.path("kind").asText() + " " + target.path("name").asText();
    }

    /** With the number that is there: to leave a field out that we once applied would set it back. */
    private Manifest asScaled(Manifest manifest) throws KubeException {
        ObjectNode content = manifest.content().deepCopy();
        ObjectNode spec = content.withObjectProperty("spec");
        Optional<JsonNode> live = api.find(applier.ref(manifest));
        if (live.isPresent() && live.get().path("spec").has("replicas")) {
            spec.set("replicas", live.get().path("spec").path("replicas"));
        } else {
            spec.remove("replicas");
        }
        return new Manifest(manifest.where(), content);
    }

    private boolean isOurs(JsonNode live) {
        return BroughtManifests.isOf(request.setId(), live) && !request.origin().isForeign(live);
    }

    /** What the set had, has no more, and still bears its mark. */
    private Map<ObjectRef, JsonNode> obsolete(Optional<JsonNode> before, List<Manifest> now) throws KubeException {
        Map<ObjectRef, JsonNode> found = new LinkedHashMap<>();
        List<Entry> wanted = now.stream().map(Entry::of).toList();
        for (Entry entry : request.prune() ? ManifestLedger.entries(before) : Set.<Entry>of()) {
            if (wanted.stream().anyMatch(entry::isSame)) {
                continue;
            }
            try {
                new Guard(request.namespaces(), kinds).check(List.of(entry.asManifest()), request.namespace());
                ObjectRef ref = applier.ref(entry.asManifest());
                Optional<JsonNode> live = api.find(ref);
                if (live.isPresent() && isOurs(live.get())) {
                    found.put(ref, live.get());
                }
            } catch (ManifestException | IllegalArgumentException e) {
                continue; // Somebody wrote it there: what we may not apply, we do not delete.
            } catch (KubeException e) {
                if (e.kind() != KubeException.Kind.NOT_FOUND) {
                    throw e;
                }
            }
        }
        return found;
    }

    /** A Job that has ended may be cleaned up by the cluster itself (ttlSecondsAfterFinished). */
    private static boolean mayEnd(ObjectRef ref) {
        return ref.kind().kind().equals("Job");
    }

    /** Data outlives a manifest that was left out. */
    private static boolean isKept(ObjectRef ref) {
        return ref.kind().kind().equals("PersistentVolumeClaim");
    }

    /**
     * Makes it so. When it was sent already, before a restart, the same is sent again and changes nothing; when somebody
     * else applied the set meanwhile, nothing is sent.
     */
    public void apply() throws DeployException, KubeException {
        Optional<JsonNode> live = ledger.live();
        String last = ManifestLedger.requestOf(live);
        if (!last.equals(state.requestBefore())
                && !request.origin()
                        .made(live.orElseThrow(() -> gone(ledger.ref().toString())))) {
            throw superseded(live.get());
        }
        List<Manifest> manifests = manifests();
        Set<Entry> all = ManifestLedger.entries(live);
        manifests.stream().map(Entry::of).forEach(all::add);
        ledger.write(all, live);
        try {
            applier.apply(manifests);
        } catch (ApplyException e) {
            if (e.reason().kind().isPassing()) {
                throw e.reason();
            }
            throw new DeployException("Cannot deploy " + request + ": " + e.getMessage(), e);
        }
        state.applied(System.currentTimeMillis()
                + Duration.ofSeconds(request.timeoutSeconds()).toMillis());
    }

    private DeployException gone(String what) {
        return new DeployException(
                "The deployment of " + request + " cannot go on: " + what + " was deleted meanwhile. Deploy again.",
                null);
    }

    private DeployException superseded(JsonNode live) {
        return new DeployException(
                "The deployment of " + request + " was overtaken by " + Origin.buildOf(live)
                        + "; what that one deployed stays. Deploy again if this one should run.",
                null);
    }

    /** The objects one can wait for. */
    public List<ObjectRef> workloads() throws DeployException, KubeException {
        List<ObjectRef> workloads = new ArrayList<>();
        for (Manifest manifest : placed()) {
            ObjectRef ref = applier.ref(manifest);
            if (WorkloadReader.knows(ref.kind())) {
                workloads.add(ref);
            }
        }
        return workloads;
    }

    private List<Manifest> placed() throws DeployException {
        try {
            return BroughtManifests.read(request.yaml()).manifests().stream()
                    .map(each -> each.namespace().isEmpty() ? each.in(request.namespace()) : each)
                    .toList();
        } catch (ManifestException e) {
            throw new DeployException("Cannot deploy " + request + ". " + e.getMessage(), e);
        }
    }

    /** How far one of the workloads is; a failure carries the pod's own reason. */
    public RolloutState look(ObjectRef workload) throws DeployException, KubeException {
        Optional<JsonNode> live = api.find(workload);
        if (live.isPresent() && !request.origin().made(live.get())) {
            if (Origin.buildOf(live.get()).isEmpty() || !isOurs(live.get())) {
                throw new DeployException(
                        "The deployment of " + request + " failed: somebody took " + workload
                                + " out of the set while it was rolled out. Deploy again if it should be in it.",
                        null);
            }
            throw superseded(live.get());
        }
        // The deadline is by our clock, the times in the objects are by the server's.
        Instant deadline = api.serverNow().plusMillis(state.deadlineMillis() - System.currentTimeMillis());
        return new WorkloadReader(api, workload).read(deadline.minusSeconds(request.timeoutSeconds()), deadline);
    }

    /**
     * To be called when all serve: reads back whether the set still is what was applied, and takes away what an earlier set
     * had and this one has not.
     *
     * @return lines for people
     * @throws DeployException if somebody changed or deleted objects meanwhile; then nothing is taken away
     */
    public List<String> finish() throws DeployException, KubeException {
        List<Manifest> manifests = manifests();
        List<String> changed = applier.plan(manifests).changes().stream()
                .filter(each -> each.action() == Change.Action.CREATE && !mayEnd(each.ref())
                        || each.action() == Change.Action.REFUSED)
                .map(each -> each.ref()
                        + (each.refusal() == null
                                ? " was deleted"
                                : ": " + each.refusal().getMessage()))
                .toList();
        if (!changed.isEmpty()) {
            throw new DeployException(
                    "The deployment of " + request + " failed: somebody changed it while it was rolled out: "
                            + String.join("\n", changed),
                    null);
        }
        Optional<JsonNode> live = ledger.live();
        if (live.isEmpty() || !request.origin().made(live.get())) {
            throw live.isEmpty() ? gone(ledger.ref().toString()) : superseded(live.get());
        }
        List<String> lines = new ArrayList<>();
        Set<Entry> kept = manifests.stream().map(Entry::of).collect(Collectors.toCollection(LinkedHashSet::new));
        for (Map.Entry<ObjectRef, JsonNode> each : obsolete(live, manifests).entrySet()) {
            ObjectRef ref = each.getKey();
            if (isKept(ref)) {
                kept.add(new Entry(ref.kind().apiVersion(), ref.kind().kind(), ref.namespace(), ref.name()));
                lines.add("Kept " + ref + ", which is not in the set any more: delete it by hand with its data.");
            } else {
                api.delete(ref, each.getValue().path("metadata").path("uid").asText());
                lines.add("Deleted " + ref + ", which is not in the set any more.");
            }
        }
        if (!request.prune()) {
            kept.addAll(ManifestLedger.entries(live));
        }
        ledger.write(kept, live);
        return lines;
    }
}
