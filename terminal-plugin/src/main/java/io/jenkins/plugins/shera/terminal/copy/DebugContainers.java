package io.jenkins.plugins.shera.terminal.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Ephemeral containers with tools, put into running pods of one application beside a container whose image has no shell. Kubernetes
 * knows no way to take one out of its pod again. Calls wait for the API server.
 */
public final class DebugContainers {

    /** What the name of each begins with. */
    public static final String PREFIX = "debugger-";

    /** Debug containers in one pod at most. */
    public static final int MOST = 5;

    /** Ends by itself after eight hours; nothing restarts it. */
    static final List<String> COMMAND = List.of("sh", "-c", "trap 'exit 0' TERM INT; sleep 28800 & wait $!");

    private final KubeApi api;
    private final String namespace;
    private final String application;

    /** Asks with the rights of {@code api}. */
    public DebugContainers(KubeApi api, String namespace, String application) {
        this.api = api;
        this.namespace = namespace;
        this.application = application;
    }

    /**
     * Puts one into a pod; it may take a while until it runs.
     *
     * @param target the container whose processes it is to see
     * @param image of the debug container
     * @return its name
     * @throws CopyException if there is no such container that runs, or a policy or a right stands in the way
     */
    public String start(String pod, String target, String image) throws IOException {
        JsonNode found = pod(pod);
        JsonNode beside = CopyState.named(found.path("spec").path("containers"), target);
        if (!CopyState.named(found.path("status").path("containerStatuses"), target)
                .path("state")
                .has("running")) {
            throw new CopyException(
                    CopyException.Kind.MISSING,
                    Messages._DebugContainers_target(),
                    Messages._DebugContainers_target_next());
        }
        JsonNode there = found.path("spec").path("ephemeralContainers");
        if (there.size() >= MOST) {
            throw new CopyException(
                    CopyException.Kind.BLOCKED,
                    Messages._DebugContainers_many(there.size()),
                    Messages._DebugContainers_many_next());
        }
        String name = PREFIX + DebugCopies.random();
        ObjectRef ref = new ObjectRef(ResourceKind.POD, namespace, pod);
        try {
            api.mergeInto(ref, "ephemeralcontainers", change(found, there, container(name, target, image, beside)));
        } catch (KubeException e) {
            throw refusal(e);
        }
        return name;
    }

    private JsonNode pod(String name) throws IOException {
        if (name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
            Optional<JsonNode> found = api.find(new ObjectRef(ResourceKind.POD, namespace, name));
            JsonNode labels = found.map(each -> each.path("metadata").path("labels"))
                    .orElse(JsonNodeFactory.instance.objectNode());
            for (String label : List.of("app.kubernetes.io/name", DebugCopy.LABEL)) {
                if (labels.path(label).asText().equals(application)) {
                    return found.orElseThrow();
                }
            }
        }
        throw new CopyException(
                CopyException.Kind.MISSING, Messages._DebugCopies_pod(application), Messages._DebugCopies_pod_next());
    }

    private static ObjectNode change(JsonNode pod, JsonNode there, ObjectNode added) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.putObject("metadata")
                .put(
                        "resourceVersion",
                        pod.path("metadata").path("resourceVersion").asText());
        ArrayNode all = change.putObject("spec").putArray("ephemeralContainers");
        there.forEach(all::add);
        all.add(added);
        return change;
    }

    /** The same user and restrictions as its target has, so that it passes where that passed and may look into it. */
    private static ObjectNode container(String name, String target, String image, JsonNode beside) {
        ObjectNode container = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("image", image)
                .put("imagePullPolicy", "IfNotPresent")
                .put("targetContainerName", target);
        COMMAND.forEach(container.putArray("command")::add);
        if (beside.path("securityContext").isObject()) {
            ObjectNode context = beside.path("securityContext").deepCopy();
            context.remove("readOnlyRootFilesystem");
            container.set("securityContext", context);
        }
        return container;
    }

    private static IOException refusal(KubeException e) {
        if (e.kind() == KubeException.Kind.CONFLICT) {
            return new CopyException(
                    CopyException.Kind.BLOCKED,
                    Messages._DebugContainers_conflict(),
                    Messages._DebugContainers_conflict_next());
        }
        if (e.kind() == KubeException.Kind.FORBIDDEN) {
            return new CopyException(
                    CopyException.Kind.BLOCKED,
                    Messages._DebugCopies_forbidden(String.valueOf(e.getMessage())),
                    Messages._DebugContainers_forbidden_next());
        }
        return e;
    }

    /** How one is: {@code starting}, {@code running} or {@code over}, with the cluster's reason. */
    public Progress look(String pod, String name) throws IOException {
        JsonNode found = pod(pod);
        JsonNode status = CopyState.named(found.path("status").path("ephemeralContainerStatuses"), name);
        JsonNode state = status.path("state");
        if (state.has("running")) {
            return new Progress("running", "");
        }
        String word = state.has("terminated") ? "terminated" : "waiting";
        JsonNode at = state.path(word);
        return new Progress(
                state.has("terminated") ? "over" : "starting",
                (at.path("reason").asText() + " " + at.path("message").asText()).strip());
    }

    /** A word and, where it does not run, the cluster's own words. */
    public record Progress(String state, String why) {}
}
