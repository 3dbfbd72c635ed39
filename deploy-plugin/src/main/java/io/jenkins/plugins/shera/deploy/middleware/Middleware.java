package io.jenkins.plugins.shera.deploy.middleware;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.storage.StorageKinds;
import io.jenkins.plugins.shera.deploy.storage.StorageRules;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.kube.rollout.WorkloadReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The middleware of one application in one environment; each act may be repeated, and what does not bear this application's mark is
 * never touched. All calls talk to the cluster.
 */
public final class Middleware {

    private final KubeApi api;
    private final Subject subject;
    private final Origin origin;
    private final StorageRules rules;

    /** Of this application, within what its tenant may have; the origin says for people who asked. */
    public Middleware(KubeApi api, Subject subject, Origin origin, StorageRules rules) {
        this.api = api;
        this.subject = subject;
        this.origin = origin;
        this.rules = rules;
    }

    /** The instances now. */
    public List<MiddlewareFacts> look() throws KubeException {
        return new MiddlewareReader(api, subject, origin).all();
    }

    /**
     * Lets the server try everything without keeping it.
     *
     * @param pull content of the Secret by which pods pull, empty for none
     * @return lines for people: what would change; credentials are masked
     */
    public List<String> plan(MiddlewareSpec spec, String pull) throws MiddlewareException, KubeException {
        return instance(spec, pull).plan();
    }

    /** The image that would run: of the version asked for, else of the one that runs, else of the usual one. */
    public String image(MiddlewareSpec spec) throws MiddlewareException, KubeException {
        return instance(spec, "").image();
    }

    /** Makes it so; the cluster goes on with it by itself. The same given again changes nothing. */
    public void apply(MiddlewareSpec spec, String pull) throws MiddlewareException, KubeException {
        instance(spec, pull).apply();
    }

    private Instance instance(MiddlewareSpec spec, String pull) {
        return new Instance(api, subject, origin, rules, spec, pull);
    }

    /**
     * How far an instance is since it was applied; a failure carries the pod's own reason.
     *
     * @param making of the credentials that is waited for; empty for a deployment
     */
    public RolloutState state(String name, String making, Instant since, Instant deadline)
            throws MiddlewareException, KubeException {
        JsonNode set = own(name);
        boolean same = making.isEmpty()
                ? origin.made(set)
                : making.equals(set.path("spec")
                        .path("template")
                        .path("metadata")
                        .path("annotations")
                        .path(MiddlewareObjects.CREDENTIALS)
                        .asText(""));
        if (!same) {
            throw refused(name + " was changed by somebody else meanwhile (last by " + Origin.buildOf(set)
                    + "); what that one made stays. Do it again if this one should count.");
        }
        return new WorkloadReader(api, ref(MiddlewareKinds.STATEFUL_SET, name)).read(since, deadline);
    }

    /** Host and port of an instance for others in the cluster. */
    public String address(String name) throws MiddlewareException, KubeException {
        return MiddlewareObjects.host(name, subject.namespace()) + ":"
                + own(name)
                        .at("/spec/template/spec/containers/0/ports/0/containerPort")
                        .asInt();
    }

    /** What the change of credentials does, for people; refuses what is not there. */
    public List<String> planRotation(String name) throws MiddlewareException, KubeException {
        own(name);
        secret(name);
        List<String> lines = new ArrayList<>();
        lines.add("New credentials for " + name
                + "; its pod starts anew with them, and what is connected has to log in again.");
        List<String> bound = bound(name);
        if (!bound.isEmpty()) {
            lines.add("Deploy again, so that they get them: " + String.join(", ", bound));
        }
        return lines;
    }

    /**
     * Makes new credentials and starts the pod anew with them.
     *
     * @param making names this act: given again, after a restart, it makes no second ones
     */
    public void rotate(String name, String making) throws MiddlewareException, KubeException {
        JsonNode set = own(name);
        JsonNode live = secret(name);
        Template template = template(set);
        if (!making.equals(making(live))) {
            Map<String, String> data = Login.fresh()
                    .data(template, MiddlewareObjects.host(name, subject.namespace()), Login.value(live, "name"));
            ObjectRef ref = ref(MiddlewareKinds.SECRET, MiddlewareObjects.credentials(name));
            api.apply(
                    ref,
                    MiddlewareObjects.secret(name, origin, subject.namespace(), data, making)
                            .content(),
                    false);
        }
        restart(api, subject.namespace(), name, making);
    }

    /** Kept apart from the rest of the StatefulSet, so that a deployment leaves it as it is. */
    static void restart(KubeApi api, String namespace, String name, String making) throws KubeException {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        part.put("apiVersion", "apps/v1").put("kind", "StatefulSet");
        part.putObject("metadata").put("name", name).put("namespace", namespace);
        part.withObject("/spec/template/metadata/annotations").put(MiddlewareObjects.CREDENTIALS, making);
        ObjectRef ref = new ObjectRef(MiddlewareKinds.STATEFUL_SET, namespace, name);
        api.applyPart(ref, part, "-credentials", true, false);
    }

    /**
     * Deletes an instance; refused while a Deployment gets its login.
     *
     * @param withVolume whether its data goes, too
     * @return what was done, as a sentence for people
     */
    public String remove(String name, boolean withVolume) throws MiddlewareException, KubeException {
        List<String> bound = bound(name);
        if (!bound.isEmpty()) {
            throw refused(name + " is bound by " + String.join(", ", bound)
                    + ". Deploy without bind first, or delete what is not needed any more.");
        }
        List<ObjectRef> parts = List.of(
                ref(MiddlewareKinds.STATEFUL_SET, name),
                ref(ResourceKind.SERVICE, name),
                ref(ResourceKind.SERVICE, MiddlewareObjects.nodes(name)),
                ref(MiddlewareKinds.CONFIG_MAP, name + "-scripts"),
                ref(MiddlewareKinds.SECRET, MiddlewareObjects.credentials(name)));
        int gone = 0;
        for (ObjectRef part : parts) {
            Optional<JsonNode> live = api.find(part);
            if (live.isPresent() && isOf(name, live.get())) {
                api.delete(part, live.get().path("metadata").path("uid").asText());
                gone++;
            }
        }
        if (gone == 0) {
            throw unknown(name);
        }
        ObjectRef claim = ref(StorageKinds.CLAIM, name + "-data");
        Optional<JsonNode> volume = api.find(claim).filter(origin::owns);
        if (volume.isEmpty()) {
            return name + " was deleted.";
        }
        if (!withVolume) {
            return name + " was deleted. Its volume " + claim.name()
                    + " stays: deploy it again under the same name to go on with the data, or delete it on the tab Storage.";
        }
        api.delete(claim, volume.get().path("metadata").path("uid").asText());
        return name + " was deleted with its data.";
    }

    private List<String> bound(String name) throws KubeException {
        return new MiddlewareReader(api, subject, origin)
                .bound()
                .getOrDefault(MiddlewareObjects.credentials(name), List.of());
    }

    private boolean isOf(String name, JsonNode live) {
        return Instance.isOf(origin, name, live);
    }

    private JsonNode own(String name) throws MiddlewareException, KubeException {
        return api.find(ref(MiddlewareKinds.STATEFUL_SET, name))
                .filter(live -> isOf(name, live))
                .orElseThrow(() -> unknown(name));
    }

    private JsonNode secret(String name) throws MiddlewareException, KubeException {
        return api.find(ref(MiddlewareKinds.SECRET, MiddlewareObjects.credentials(name)))
                .filter(live -> isOf(name, live))
                .orElseThrow(() -> refused(
                        "the Secret of " + name + " was deleted. Deploy it again, which makes new credentials."));
    }

    private static Template template(JsonNode set) throws MiddlewareException {
        try {
            return Template.of(set.path("metadata")
                    .path("annotations")
                    .path(MiddlewareObjects.TEMPLATE)
                    .asText(""));
        } catch (IllegalArgumentException e) {
            throw new MiddlewareException("Somebody changed what the instance says it is. " + e.getMessage(), e);
        }
    }

    static String making(JsonNode secret) {
        return secret.path("metadata")
                .path("annotations")
                .path(MiddlewareObjects.CREDENTIALS)
                .asText("");
    }

    private MiddlewareException unknown(String name) {
        return refused("there is no " + name + " of this application. The tab Middleware lists what there is.");
    }

    private MiddlewareException refused(String why) {
        return new MiddlewareException("Cannot change the middleware of " + subject + ": " + why);
    }

    private ObjectRef ref(ResourceKind kind, String name) {
        return new ObjectRef(kind, subject.namespace(), name);
    }
}
