package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.traffic.InPlaceTraffic;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.kube.rollout.WorkloadReader;
import io.jenkins.plugins.shera.platform.traffic.StaleGenerationException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A workload some of whose own pods are of the new revision while a rollout is under way. From the request on that gives it the new template
 * it is marked with how many of them are wanted; without the mark it is as it should be for good. All reads are made anew, and whatever
 * is done here may be done again.
 */
abstract class InPlace {

    /** How many new pods are wanted; there while a rollout has its hand in the workload. */
    static final String SHARE = "shera.io/rollout-share";

    /** What the cluster said earlier than this is not about what was done now. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    final KubeApi api;
    final RolloutPlan plan;

    InPlace(KubeApi api, RolloutPlan plan) {
        this.api = api;
        this.plan = plan;
    }

    /** That of the plan's workload. */
    static InPlace of(KubeApi api, RolloutPlan plan) {
        return Workload.of(plan) == Workload.STATEFUL_SET ? new OrdinalPods(api, plan) : new NodePods(api, plan);
    }

    /** The two sides of it. */
    record Sides(Side stable, Side canary, int fresh, int total) {
        /** For people, empty while no pod is new. */
        String share() {
            return fresh == 0 ? "" : fresh + " of " + total + " pods, " + percent() + " %";
        }

        int percent() {
            return total == 0 ? 0 : Math.round(100f * fresh / total);
        }
    }

    abstract int total(JsonNode live);

    /** New pods that it is asked for. */
    abstract int asked(JsonNode live);

    /** What pods of the template that it has now bear as their revision. */
    abstract String revision(JsonNode live) throws KubeException;

    /** Whether pods are of the new revision that should not be. */
    abstract boolean isBeyond(JsonNode live, PodSet pods);

    /** Why the old revision cannot be kept or come back as long as it has the new template; empty when it can. */
    abstract String spoiled(JsonNode live);

    /** Makes it take so many new pods, or with null makes it as it was before the rollout. */
    abstract void steer(ObjectNode object, JsonNode live, Integer share);

    /** Pods that are to go now; the cluster makes them anew. */
    abstract List<JsonNode> next(JsonNode live, PodSet pods);

    private ObjectRef ref() {
        return Workload.of(plan).ref(plan.subject());
    }

    Optional<JsonNode> live() throws KubeException {
        return api.find(ref()).filter(found -> !found.path("metadata").has("deletionTimestamp"));
    }

    static boolean isMarked(JsonNode live) {
        return live.path("metadata").path("annotations").has(SHARE);
    }

    boolean isAfter(JsonNode live) {
        return hash(live).equals(Templates.hash(plan.after()));
    }

    private boolean isBefore(JsonNode live) {
        return hash(live).equals(Templates.hash(plan.before()));
    }

    static String hash(JsonNode live) {
        return Templates.hash(live.path("spec").path("template"));
    }

    private static boolean isSeen(JsonNode live) {
        return live.path("status").path("observedGeneration").asLong(-1)
                >= live.path("metadata").path("generation").asLong();
    }

    Sides look() throws KubeException {
        Optional<JsonNode> found = live();
        if (found.isEmpty()) {
            return new Sides(Side.NONE, Side.NONE, 0, 0);
        }
        JsonNode live = found.get();
        boolean seen = isSeen(live);
        PodSet pods = PodSet.of(api, live, seen ? revision(live) : "");
        int total = total(live);
        if (!isMarked(live)) {
            boolean complete = seen && pods.good() == total && pods.size() == total;
            RolloutState state = complete ? null : explain();
            return new Sides(
                    new Side(true, total, pods.good(), hash(live), complete, isFailed(state), trouble(state)),
                    Side.NONE,
                    fresh(live, pods, seen),
                    total);
        }
        int wanted = asked(live);
        String spoiled = spoiled(live);
        boolean complete = seen && pods.good() >= wanted && !isBeyond(live, pods) && spoiled.isEmpty();
        RolloutState state = complete || !spoiled.isEmpty() ? null : explain();
        boolean known = isAfter(live) || isBefore(live);
        int old = seen ? pods.otherGood() : 0;
        return new Sides(
                new Side(
                        true,
                        total - wanted,
                        old,
                        known ? Templates.hash(plan.before()) : hash(live),
                        seen && old == pods.others() && pods.size() >= total - 1,
                        false,
                        ""),
                new Side(
                        true,
                        wanted,
                        seen ? pods.good() : 0,
                        hash(live),
                        complete,
                        !spoiled.isEmpty() || isFailed(state),
                        spoiled.isEmpty() ? trouble(state) : spoiled),
                fresh(live, pods, seen),
                total);
    }

    private int fresh(JsonNode live, PodSet pods, boolean seen) {
        if (!seen || !isAfter(live) && !isBefore(live)) {
            return 0;
        }
        return isAfter(live) ? pods.size() - pods.others() : pods.others();
    }

    private RolloutState explain() throws KubeException {
        return new WorkloadReader(api, ref()).read(api.serverNow().minus(RECENT), Instant.MAX);
    }

    private static boolean isFailed(RolloutState state) {
        return state != null && state.phase() == RolloutState.Phase.FAILED;
    }

    private static String trouble(RolloutState state) {
        return state == null || state.trouble() == null ? "" : state.trouble().message();
    }

    /** Gives it the new template, of which so many pods are wanted. */
    void ask(int share, boolean scaled, long generation) throws IOException {
        JsonNode live = fenced(generation);
        if (live != null) {
            apply(live, plan.after(), share, scaled, generation);
        }
    }

    /** Gives it one of the two templates for all of its pods; a template of somebody else stays. */
    void settle(boolean after, boolean scaled, long generation) throws IOException {
        JsonNode live = fenced(generation);
        if (live != null) {
            JsonNode wanted = after ? plan.after() : plan.before();
            boolean known = isAfter(live) || isBefore(live);
            apply(live, known ? wanted : live.path("spec").path("template"), null, scaled, generation);
        }
    }

    private JsonNode fenced(long generation) throws IOException {
        JsonNode live = live().orElse(null);
        if (live != null && InPlaceTraffic.generation(live) > generation) {
            throw new StaleGenerationException(
                    live.path("kind").asText() + " " + ref().name(), generation, InPlaceTraffic.generation(live));
        }
        return live;
    }

    private void apply(JsonNode live, JsonNode template, Integer share, boolean scaled, long generation)
            throws KubeException {
        ObjectNode object = new CanaryObjects(plan).stable(live, template, scaled, generation);
        ObjectNode annotations = object.withObject("/metadata/annotations");
        annotations.remove(InPlaceTraffic.MARKS);
        annotations.remove(SHARE);
        if (share != null) {
            annotations.put(SHARE, String.valueOf(share));
        }
        steer(object, live, share);
        api.apply(ref(), object, false);
    }

    /** Lets some more pods go, as many as may be missing at once. */
    void replace(long generation) throws IOException {
        JsonNode live = fenced(generation);
        if (live == null || !isSeen(live)) {
            return;
        }
        for (JsonNode pod : next(live, PodSet.of(api, live, revision(live)))) {
            String name = pod.path("metadata").path("name").asText();
            try {
                api.delete(
                        new ObjectRef(ResourceKind.POD, plan.subject().namespace(), name),
                        pod.path("metadata").path("uid").asText());
            } catch (KubeException e) {
                if (e.kind() != Kind.NOT_FOUND && e.kind() != Kind.CONFLICT) {
                    throw e;
                }
                // Somebody else let it go, and its name is that of another by now.
            }
        }
    }

    /** Pods of the new revision, whose last words are worth keeping. */
    List<JsonNode> fresh() throws KubeException {
        Optional<JsonNode> live = live().filter(InPlace::isSeen).filter(this::isAfter);
        return live.isEmpty()
                ? List.of()
                : PodSet.of(api, live.get(), revision(live.get())).current();
    }
}
