package io.jenkins.plugins.shera.terminal.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the copy of a pod as an object: same containers, variables and mounts, one command held, and nothing by which a Service, a
 * ReplicaSet, an autoscaler or a disruption budget of the application would take it for its own. Pure.
 */
final class HeldPod {

    /** Waits for good, and ends at once when told to. */
    static final List<String> HOLD = List.of(
            "sh",
            "-c",
            "trap 'exit 0' TERM INT; if command -v sleep >/dev/null 2>&1; then while :; do sleep 5 & wait $!; done; fi;"
                    + " tail -f /dev/null & wait $!");

    private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final int END_SECONDS = 2;
    private static final int LONGEST_STEM = 45;
    private static final int LONGEST_COMMAND = 8 * 1024;
    /** What the API server computes, what ties the pod to a place or a peer, and what would let it push others out. */
    private static final Set<String> DROPPED = Set.of(
            "nodeName",
            "hostname",
            "subdomain",
            "setHostnameAsFQDN",
            "priority",
            "priorityClassName",
            "preemptionPolicy",
            "overhead",
            "ephemeralContainers",
            "topologySpreadConstraints",
            "schedulingGates",
            "readinessGates",
            "serviceAccount");

    private final JsonNode origin;
    private final CopyOrder order;
    private final String container;
    private final Set<String> notes = new TreeSet<>();

    /** {@code container} is the name of one that the pod has. */
    HeldPod(JsonNode origin, CopyOrder order, String container) {
        this.origin = origin;
        this.order = order;
        this.container = container;
    }

    /** A name for the copy: the pod's, cut, and something random of letters and digits behind it. */
    static String name(String pod, String random) {
        String stem = pod.length() > LONGEST_STEM ? pod.substring(0, LONGEST_STEM) : pod;
        return stem.replaceAll("[.-]+$", "").replace('.', '-') + "-debug-" + random;
    }

    /**
     * The copy.
     *
     * @param image of the held container, by digest; empty to leave what the pod says
     * @param start what that image starts by itself
     * @param claims volumes of the pod that are persistent, and whether only one node may mount them
     */
    ObjectNode make(String name, String application, String image, ImageStart start, Map<String, Boolean> claims) {
        ObjectNode spec = origin.path("spec").deepCopy();
        List<String> command = command(start);
        DROPPED.forEach(spec::remove);
        if (!order.withInit() && spec.path("initContainers").size() > 0) {
            notes.add("init");
            spec.remove("initContainers");
        }
        token(spec);
        boolean tied = volumes(spec, claims);
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode each : spec.path(list)) {
                quieten((ObjectNode) each);
            }
        }
        hold((ObjectNode) CopyState.named(spec.path("containers"), container), image);
        place(spec, tied);
        spec.put("restartPolicy", "Never");
        spec.put("activeDeadlineSeconds", order.life().toSeconds());
        spec.put("terminationGracePeriodSeconds", END_SECONDS);
        ObjectNode pod =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.set("metadata", metadata(name, application, command));
        pod.set("spec", spec);
        return pod;
    }

    private ObjectNode metadata(String name, String application, List<String> command) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("name", name);
        metadata.putObject("labels").put(DebugCopy.LABEL, application);
        ObjectNode said = metadata.putObject("annotations");
        origin.path("metadata").path("annotations").properties().forEach(each -> {
            if (each.getKey().startsWith(APPARMOR)) {
                said.set(each.getKey(), each.getValue());
            }
        });
        said.put(DebugCopy.OF, origin.path("metadata").path("name").asText());
        said.put(DebugCopy.CONTAINER, container);
        said.put(DebugCopy.USER, order.user());
        said.put(DebugCopy.NOTES, String.join(",", notes));
        String line = String.join("\n", command);
        said.put(DebugCopy.COMMAND, line.length() > LONGEST_COMMAND ? "" : line);
        return metadata;
    }

    private List<String> command(ImageStart start) {
        JsonNode held = CopyState.named(origin.path("spec").path("containers"), container);
        return start.with(words(held.path("command")), words(held.path("args"))).stream()
                .map(word -> word.replaceAll("\\s+", " "))
                .toList();
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    private void hold(ObjectNode held, String image) {
        ArrayNode command = held.putArray("command");
        HOLD.forEach(command::add);
        held.remove("args");
        held.remove("lifecycle");
        if (image.isEmpty()) {
            notes.add("unpinned");
        } else {
            held.put("image", image);
            held.put("imagePullPolicy", "IfNotPresent");
        }
    }

    /** Nobody asks the copy how it is, and it takes no port of the node. */
    private static void quieten(ObjectNode each) {
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            each.remove(probe);
        }
        each.path("ports").forEach(port -> ((ObjectNode) port).remove("hostPort"));
    }

    /** The token of the service account is mounted anew by the API server. */
    private static void token(ObjectNode spec) {
        String prefix = "kube-api-access-";
        without(spec, "volumes", "name", prefix);
        for (String list : List.of("containers", "initContainers")) {
            spec.path(list).forEach(each -> without((ObjectNode) each, "volumeMounts", "name", prefix));
        }
    }

    private static void without(ObjectNode from, String list, String field, String prefix) {
        if (from.get(list) instanceof ArrayNode all) {
            for (int i = all.size() - 1; i >= 0; i--) {
                if (all.get(i).path(field).asText().startsWith(prefix)) {
                    all.remove(i);
                }
            }
        }
    }

    /** Says whether the copy must run where the pod runs. */
    private boolean volumes(ObjectNode spec, Map<String, Boolean> claims) {
        boolean tied = false;
        for (JsonNode each : spec.path("volumes")) {
            if (!each.has("persistentVolumeClaim")) {
                continue;
            }
            ObjectNode volume = (ObjectNode) each;
            if (order.claims() == Claims.EMPTY) {
                volume.remove("persistentVolumeClaim");
                volume.putObject("emptyDir");
                notes.add("empty");
                continue;
            }
            tied |= claims.getOrDefault(volume.path("name").asText(), true);
            if (order.claims() == Claims.READONLY) {
                ((ObjectNode) volume.path("persistentVolumeClaim")).put("readOnly", true);
                notes.add("readonly");
            } else {
                notes.add("shared");
            }
        }
        return tied;
    }

    /** Keeps what nodes must be like, drops who must be near or far, and stays at a volume that only one node can mount. */
    private void place(ObjectNode spec, boolean tied) {
        JsonNode wanted = spec.path("affinity").path("nodeAffinity");
        ObjectNode affinity = JsonNodeFactory.instance.objectNode();
        if (wanted.isObject()) {
            affinity.set("nodeAffinity", wanted);
        }
        String node = origin.path("spec").path("nodeName").asText("");
        if (tied && !node.isEmpty()) {
            ArrayNode terms = affinity.withObject("/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")
                    .withArray("nodeSelectorTerms");
            if (terms.isEmpty()) {
                terms.addObject();
            }
            for (JsonNode term : terms) {
                ObjectNode match = ((ObjectNode) term).withArray("matchFields").addObject();
                match.put("key", "metadata.name")
                        .put("operator", "In")
                        .putArray("values")
                        .add(node);
            }
        }
        spec.remove("affinity");
        if (!affinity.isEmpty()) {
            spec.set("affinity", affinity);
        }
    }
}
