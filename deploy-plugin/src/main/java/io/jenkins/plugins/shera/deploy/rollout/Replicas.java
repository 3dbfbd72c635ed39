package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;

/**
 * The number of pods of a Deployment that is there, set under a field manager of its own. A deployment that does not name the number then
 * takes nothing away from it, and an autoscaler keeps it: see "Transferring ownership" in the documentation of server-side apply.
 */
public final class Replicas {

    /** Annotation: how many pods there were before the application was sent to sleep. */
    public static final String ASLEEP_FROM = "shera.io/asleep-from";

    private static final String PART = "-scale";
    private static final int TRIES = 5;

    private final KubeApi api;
    private final ObjectRef ref;

    /** Of this Deployment. */
    public Replicas(KubeApi api, String namespace, String name) {
        this(api, new ObjectRef(ResourceKind.DEPLOYMENT, namespace, name));
    }

    /** Of this Deployment or StatefulSet. */
    public Replicas(KubeApi api, ObjectRef ref) {
        this.api = api;
        this.ref = ref;
    }

    /** The number that is asked for. */
    public static int of(JsonNode deployment) {
        return deployment.path("spec").path("replicas").asInt(1);
    }

    /** How many pods it had before it was sent to sleep; 0 when it does not sleep. */
    public static int asleepFrom(JsonNode deployment) {
        return of(deployment) > 0
                ? 0
                : deployment
                        .path("metadata")
                        .path("annotations")
                        .path(ASLEEP_FROM)
                        .asInt(0);
    }

    /** Keeps the number that is there from going away with what somebody else no longer names; changes nothing else. */
    public void hold() throws KubeException {
        hold(api.get(ref.path()));
    }

    /** The same of one that was read just now; asks nobody where it is held already. */
    public void hold(JsonNode read) throws KubeException {
        JsonNode live = read;
        for (int tries = 1; !isHeld(live); tries++) {
            try {
                api.applyPart(ref, part(of(live), asleepFrom(live)), PART, false, false);
                return;
            } catch (KubeException e) {
                // An autoscaler was quicker between our read and our write.
                if (e.kind() != Kind.CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
            live = api.get(ref.path());
        }
    }

    /** Who owns a field last wrote what stands there. */
    private static boolean isHeld(JsonNode live) {
        for (JsonNode each : live.path("metadata").path("managedFields")) {
            if (each.path("manager").asText().equals(KubeApi.FIELD_MANAGER + PART)
                    && each.path("operation").asText().equals("Apply")
                    && each.path("fieldsV1").path("f:spec").has("f:replicas")) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sets the number.
     *
     * @param asleepFrom what to wake up to later, 0 when it does not go to sleep
     * @param force takes it from whoever else set it by hand
     * @param dryRun the server does everything except keeping the result
     */
    public void set(int number, int asleepFrom, boolean force, boolean dryRun) throws KubeException {
        api.applyPart(ref, part(number, asleepFrom), PART, force, dryRun);
    }

    private ObjectNode part(int number, int asleepFrom) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "apps/v1").put("kind", ref.kind().kind());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", ref.name()).put("namespace", ref.namespace());
        if (asleepFrom > 0) {
            metadata.putObject("annotations").put(ASLEEP_FROM, String.valueOf(asleepFrom));
        }
        object.putObject("spec").put("replicas", number);
        return object;
    }
}
