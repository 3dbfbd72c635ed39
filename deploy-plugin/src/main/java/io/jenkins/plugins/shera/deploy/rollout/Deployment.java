package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.apm.AgentSource;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationManifests;
import io.jenkins.plugins.shera.deploy.manifest.Confidential;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.quota.Peak;
import io.jenkins.plugins.shera.deploy.rollout.DeployState.Before;
import io.jenkins.plugins.shera.deploy.storage.Claims;
import io.jenkins.plugins.shera.deploy.storage.StorageException;
import io.jenkins.plugins.shera.deploy.storage.StorageRules;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.apply.ApplyException;
import io.jenkins.plugins.shera.kube.apply.Change;
import io.jenkins.plugins.shera.kube.apply.Plan;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.rollout.Observation;
import io.jenkins.plugins.shera.kube.rollout.PodState;
import io.jenkins.plugins.shera.kube.rollout.RolloutJudge;
import io.jenkins.plugins.shera.kube.rollout.RolloutReader;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One deployment, in acts that can each be repeated: {@link #plan}, {@link #apply}, {@link #look}. What must survive a
 * restart stands in {@link DeployState}, which the caller saves after every act. All calls talk to the cluster.
 */
public final class Deployment {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubeApi api;
    private final Applier applier;
    private final DeployRequest request;
    private final DeployState state;
    private final Confidential confidential;
    private final Claims claims;
    private AgentSource agents = AgentSource.NONE;
    private Optional<String> pinned = Optional.empty();

    /** Goes on from where the state stands, with nothing secret. */
    public Deployment(KubeApi api, DeployRequest request, DeployState state) {
        this(api, request, state, Confidential.NONE, StorageRules.NONE);
    }

    /** Goes on from where the state stands; what is secret, and what volumes the tenant may have, are needed for plan and apply. */
    public Deployment(
            KubeApi api, DeployRequest request, DeployState state, Confidential confidential, StorageRules rules) {
        this.api = api;
        this.applier = new Applier(api, new Kinds(api));
        this.request = request;
        this.state = state;
        this.confidential = confidential;
        this.claims = new Claims(api, request.namespace(), request.spec(), request.origin(), rules);
    }

    /** The same with the agents the tenant may use; needed for plan. */
    public Deployment with(AgentSource source) {
        agents = source;
        return this;
    }

    /**
     * Lets the server try everything without keeping it.
     *
     * @return lines for people: what would change
     * @throws DeployException if anything would be refused, or something of somebody else stands there
     */
    public List<String> plan() throws DeployException, KubeException {
        Optional<JsonNode> before = api.find(deployment());
        Optional<JsonNode> service = api.find(service());
        for (Optional<JsonNode> live : List.of(before, service)) {
            if (live.isPresent() && !request.origin().owns(live.get())) {
                throw new DeployException(
                        "Cannot deploy " + request + ": there is a "
                                + live.get().path("kind").asText("object") + " '"
                                + request.spec().name() + "' that was not made for this application and environment."
                                + " Nothing was changed. Delete it, or give the application another name or namespace.",
                        null);
            }
        }
        RunningRollout.refuse(api, request);
        new Bound(api, request).check();
        AllowedAccount.refuse(api, request);
        state.keepApm(ApmKeeping.wanted(before, request, agents));
        Optional<Autoscaler> scaler = autoscaler();
        // Once it is there, the number of pods is held apart from the rest: what is tried has the one that is there.
        List<Manifest> tried = new ArrayList<>();
        List<String> volumes = volumes(before.map(Replicas::of).orElse(1), scaler, tried);
        tried.addAll(
                before.isPresent()
                        ? manifests(Replicas.of(before.get()))
                        : manifests(scaler.isPresent() ? null : request.spec().replicas()));
        Plan plan = applier.plan(tried);
        List<Change> refusals = plan.refusals();
        if (!refusals.isEmpty()) {
            throw new DeployException(
                    "Cannot deploy " + request + ": the cluster would refuse it, so nothing was changed. "
                            + refusals.stream()
                                    .map(refused -> refused.refusal().getMessage())
                                    .collect(Collectors.joining(" ")),
                    refusals.get(0).refusal());
        }
        room(before, scaler, tried);
        pinned = Pin.refusal(api, deployment(), before, tried.get(tried.size() - 1));
        state.planned(
                before.isEmpty(),
                service.isEmpty(),
                before.map(Deployment::before).orElse(new Before("", "", "")));
        List<String> lines = new ArrayList<>(plan.lines());
        lines.addAll(numbers(before.map(Replicas::of).orElse(null), scaler));
        lines.addAll(volumes);
        return lines;
    }

    /** Why the plan made is what somebody went back from, which needs a reason to come back; empty when it is not. */
    public Optional<String> pinned() {
        return pinned;
    }

    /** A pod that a quota refuses would let the deployment hang until its time is over. */
    private void room(Optional<JsonNode> before, Optional<Autoscaler> scaler, List<Manifest> tried)
            throws DeployException, KubeException {
        JsonNode deployment = tried.get(tried.size() - 1).content().path("spec");
        int now =
                before.map(live -> live.path("status").path("replicas").asInt()).orElse(0);
        Integer asked = request.spec().replicas();
        int wanted =
                asked == null || scaler.isPresent() ? before.map(Replicas::of).orElse(1) : asked;
        boolean replaces = deployment.path("strategy").path("type").asText().equals("Recreate");
        Optional<String> over = new Peak(api, request.namespace())
                .over(deployment.path("template"), Peak.besides(now, wanted, replaces));
        if (over.isPresent()) {
            throw new DeployException("Cannot deploy " + request + ", so nothing was changed: " + over.get(), null);
        }
    }

    /** What becomes of the volumes; claims that are not there yet are added to what is tried. */
    private List<String> volumes(int now, Optional<Autoscaler> scaler, List<Manifest> tried)
            throws DeployException, KubeException {
        Integer wanted = request.spec().replicas();
        int pods = now;
        if (scaler.isPresent()) {
            pods = scaler.get().max();
        } else if (wanted != null) {
            pods = wanted;
        }
        try {
            List<String> lines = claims.plan(pods);
            tried.addAll(claims.missing());
            return lines;
        } catch (StorageException e) {
            throw noVolume(e);
        }
    }

    private DeployException noVolume(StorageException e) {
        return new DeployException("Cannot deploy " + request + ", so nothing was changed: " + e.getMessage(), e);
    }

    /** What becomes of the number of pods of a Deployment that is there already. */
    private List<String> numbers(Integer now, Optional<Autoscaler> scaler) throws DeployException, KubeException {
        Integer wanted = request.spec().replicas();
        if (scaler.isPresent()) {
            return List.of("The number of pods is left to the HorizontalPodAutoscaler "
                    + scaler.get().name() + " (" + scaler.get().min() + " to "
                    + scaler.get().max() + (wanted == null ? ")." : "); replicas: " + wanted + " is not applied."));
        }
        if (now == null || wanted == null || wanted.equals(now)) {
            return List.of();
        }
        try {
            replicas().set(wanted, 0, false, true);
        } catch (KubeException e) {
            if (e.kind() != KubeException.Kind.CONFLICT) {
                throw e;
            }
            if (!e.conflicts().isEmpty()
                    && e.conflicts().stream().allMatch(each -> each.manager().equals(KubeApi.FIELD_MANAGER))) {
                // Our own first deployment named it; applying gives it over.
                return List.of("  spec.replicas: " + now + " -> " + wanted);
            }
            throw new DeployException(
                    "Cannot deploy " + request + ": somebody else set the number of pods to " + now
                            + ", so nothing was changed. Leave the parameter replicas out to keep it, or set it with"
                            + " scaleApplication. " + e.getMessage(),
                    e);
        }
        return List.of("  spec.replicas: " + now + " -> " + wanted);
    }

    private static Before before(JsonNode live) {
        JsonNode template = live.path("spec").path("template");
        String image =
                template.path("spec").path("containers").path(0).path("image").asText("");
        return new Before(Origin.requestOf(live), template.toString(), image);
    }

    /**
     * Makes it so. When it was sent already, before a restart, the same is sent again and changes nothing; when somebody
     * else deployed meanwhile, nothing is sent.
     */
    public void apply() throws DeployException, KubeException {
        Optional<JsonNode> live = api.find(deployment());
        if (live.isPresent()
                && !request.origin().made(live.get())
                && !Origin.requestOf(live.get()).equals(state.requestBefore())) {
            throw superseded(live.get());
        }
        Integer wanted = autoscaler().isPresent() ? null : request.spec().replicas();
        try {
            applier.apply(claims.missing());
            claims.grow();
            if (live.isPresent()) {
                replicas().hold(live.get());
                applier.apply(manifests(null));
                if (wanted != null && wanted != Replicas.of(live.get())) {
                    replicas().set(wanted, 0, false, false);
                }
            } else {
                applier.apply(manifests(wanted));
            }
            if (!request.spec().volumes().isEmpty()) {
                claims.follow(api.get(deployment().path()));
            }
        } catch (StorageException e) {
            throw noVolume(e);
        } catch (ApplyException e) {
            if (e.reason().kind().isPassing()) {
                throw e.reason();
            }
            String undone = state.isFirst() ? withdraw() : "";
            throw new DeployException("Cannot deploy " + request + ": " + e.getMessage() + undone, e);
        }
        state.applied(System.currentTimeMillis()
                + Duration.ofSeconds(request.timeoutSeconds()).toMillis());
    }

    /** How far it is now; a failure carries the pod's own reason. */
    public RolloutState look() throws DeployException, KubeException {
        RolloutReader reader =
                new RolloutReader(api, request.namespace(), request.spec().name());
        Observation seen = reader.observe();
        if (seen.deployment().isObject() && !request.origin().made(seen.deployment())) {
            throw superseded(seen.deployment());
        }
        // The deadline is by our clock, the times in the objects are by the server's.
        Duration left = Duration.ofMillis(state.deadlineMillis() - System.currentTimeMillis());
        return reader.explain(RolloutJudge.judge(seen, seen.now().plus(left)));
    }

    /** What really serves now, read back. */
    public Outcome outcome(RolloutState complete) throws KubeException {
        String address = "";
        if (request.spec().port() > 0) {
            String ip = api.find(service())
                    .map(live -> live.path("spec").path("clusterIP").asText(""))
                    .orElse("");
            address = ip.isEmpty() || ip.equals("None")
                    ? ""
                    : ip + ":" + request.spec().port();
        }
        String digest = complete.pods().stream()
                .filter(pod -> pod.updated() && pod.ready())
                .map(PodState::digest)
                .findFirst()
                .orElse("");
        return new Outcome(complete.revision(), complete.image(), digest, address);
    }

    /**
     * Puts back what was there before: the pods of the revision before, or nothing.
     *
     * @return one sentence for people
     */
    public String abort() throws DeployException, KubeException {
        Optional<JsonNode> live = api.find(deployment());
        if (state.phase() == DeployState.Phase.PLANNING
                || live.isEmpty()
                || !request.origin().made(live.get())) {
            return "Nothing of this deployment is in the cluster.";
        }
        if (state.isFirst()) {
            return "The application was not there before." + withdraw();
        }
        try {
            List<Manifest> restored = new ArrayList<>();
            replicas().hold();
            for (Manifest manifest : manifests(null)) {
                if (manifest.kind().equals("Deployment")) {
                    ObjectNode content = manifest.content().deepCopy();
                    ((ObjectNode) content.get("spec")).set("template", JSON.readTree(state.templateBefore()));
                    restored.add(new Manifest(manifest.where(), content));
                }
            }
            applier.apply(restored);
        } catch (ApplyException e) {
            throw new DeployException("Cannot go back in " + request + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DeployException("Cannot go back in " + request + ": the saved revision cannot be read.", e);
        }
        return "Went back to " + state.imageBefore() + ".";
    }

    private String withdraw() throws KubeException {
        List<ObjectRef> ours = new ArrayList<>(List.of(deployment()));
        if (state.isServiceNew()) {
            ours.add(service());
        }
        List<ObjectRef> gone = new ArrayList<>(applier.withdraw(ours, request.origin()::made));
        if (request.spec().isConfigured()) {
            gone.addAll(pruner().withdraw());
        }
        gone.addAll(claims.withdraw());
        return gone.isEmpty()
                ? " Nothing was left behind."
                : " Removed again: " + gone.stream().map(ObjectRef::toString).collect(Collectors.joining(", ")) + ".";
    }

    private DeployException superseded(JsonNode live) {
        String by = Origin.buildOf(live);
        return new DeployException(
                "The deployment of " + request + " was overtaken" + (by.isEmpty() ? "" : " by " + by)
                        + "; what that one deployed stays. Deploy again if this one should run.",
                null);
    }

    /** With this number of pods; null names none. */
    private List<Manifest> manifests(Integer number) throws DeployException, KubeException {
        List<Manifest> bare = ApplicationManifests.of(
                request.spec().withReplicas(number),
                confidential,
                request.origin(),
                request.namespace(),
                request.timeoutSeconds());
        return ApmKeeping.onto(new Bound(api, request).into(bare), state.apm(), request);
    }

    /** How large its volumes really are, a line for each. */
    public List<String> volumes() throws KubeException {
        return claims.report();
    }

    /** Takes away configuration that nothing can go back to any more; to be called when all is well. */
    public List<ObjectRef> prune() throws KubeException {
        return request.spec().isConfigured() ? pruner().prune() : List.of();
    }

    private ConfigPruner pruner() {
        return new ConfigPruner(api, request.namespace(), request.spec().name(), request.origin());
    }

    private Replicas replicas() {
        return new Replicas(api, request.namespace(), request.spec().name());
    }

    /** Who may not look at autoscalers is taken to have none, as before there were any. */
    private Optional<Autoscaler> autoscaler() throws KubeException {
        try {
            return Autoscaler.of(api, request.namespace(), request.spec().name());
        } catch (KubeException e) {
            if (e.kind() == KubeException.Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private ObjectRef deployment() {
        return new ObjectRef(
                ResourceKind.DEPLOYMENT, request.namespace(), request.spec().name());
    }

    private ObjectRef service() {
        return new ObjectRef(
                ResourceKind.SERVICE, request.namespace(), request.spec().name());
    }

    /**
     * What a completed deployment is.
     *
     * @param revision as {@code kubectl rollout history} counts
     * @param digest of the image that the pods really run, or empty without pods
     * @param address IP and port of the Service inside the cluster, or empty
     */
    public record Outcome(String revision, String image, String digest, String address) {}
}
