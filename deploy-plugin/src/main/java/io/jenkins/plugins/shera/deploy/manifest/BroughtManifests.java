package io.jenkins.plugins.shera.deploy.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.ManifestException;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Manifests somebody wrote elsewhere (by hand, Kustomize, Helm), as far as they can be judged without a cluster: readable,
 * no object twice, no service account but their own, nothing that pretends to be ours.
 */
public final class BroughtManifests {

    private static final String OURS = "shera.io/";
    private static final List<String> CONTAINERS = List.of("containers", "initContainers", "ephemeralContainers");

    private final List<Manifest> manifests;
    private final Set<String> accounts = new TreeSet<>(Set.of("", "default"));
    private final Set<String> images = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private BroughtManifests(List<Manifest> manifests) {
        this.manifests = manifests;
    }

    /**
     * Reads and judges them.
     *
     * @throws ManifestException with every problem, each with its document and line
     */
    public static BroughtManifests read(String yaml) throws ManifestException {
        BroughtManifests brought = new BroughtManifests(List.copyOf(Manifests.read(yaml, "manifests")));
        brought.judge();
        if (!brought.problems.isEmpty()) {
            throw new ManifestException(brought.problems, null);
        }
        return brought;
    }

    /** In the order in which they stand in the text. */
    public List<Manifest> manifests() {
        return manifests;
    }

    /** Every image that a pod of them would run or mount. */
    public Set<String> images() {
        return Set.copyOf(images);
    }

    private void judge() {
        Set<String> seen = new HashSet<>();
        for (Manifest manifest : manifests) {
            if (manifest.apiVersion().equals("v1") && manifest.kind().equals("ServiceAccount")) {
                accounts.add(manifest.name());
            }
            if (!seen.add(manifest.apiVersion() + " " + manifest + " " + manifest.namespace())) {
                refuse(manifest, "it stands in the manifests twice. Leave one out");
            }
        }
        for (Manifest manifest : manifests) {
            metadata(manifest);
            boolean data = manifest.apiVersion().equals("v1")
                    && (manifest.kind().equals("ConfigMap") || manifest.kind().equals("Secret"));
            if (data) {
                token(manifest);
            } else {
                walk(manifest, manifest.content(), false);
            }
        }
    }

    private void metadata(Manifest manifest) {
        JsonNode metadata = manifest.content().path("metadata");
        for (String part : List.of("labels", "annotations")) {
            for (Map.Entry<String, JsonNode> each : metadata.path(part).properties()) {
                if (each.getKey().startsWith(OURS)) {
                    refuse(
                            manifest,
                            "metadata." + part + " has " + each.getKey() + ", which only Jenkins writes. Leave it out");
                }
            }
        }
        if (metadata.has("ownerReferences")) {
            refuse(manifest, "metadata.ownerReferences would let another object delete it. Leave it out");
        }
    }

    /** See "ServiceAccount token Secrets" in Kubernetes' documentation: the cluster would fill in a token. */
    private void token(Manifest manifest) {
        if (manifest.content().path("type").asText("").equals("kubernetes.io/service-account-token")) {
            refuse(manifest, "it would be filled with the token of a service account. Let the pod have one instead");
        }
    }

    private void walk(Manifest manifest, JsonNode node, boolean inPod) {
        boolean pod = node.path("containers").isArray();
        if (pod) {
            for (String field : List.of("serviceAccountName", "serviceAccount")) {
                String account = node.path(field).asText("");
                if (!accounts.contains(account)) {
                    refuse(
                            manifest,
                            "it runs as the service account '" + account
                                    + "', which is not one of these manifests. Bring a ServiceAccount along, or leave "
                                    + field + " out");
                }
            }
            for (String list : CONTAINERS) {
                node.path(list).forEach(container -> image(container.path("image")));
            }
            node.path("volumes").forEach(volume -> image(volume.path("image").path("reference")));
        } else if (!inPod && node.path("image").isTextual()) {
            image(node.path("image"));
        }
        for (JsonNode child : node) {
            if (child.isContainerNode()) {
                walk(manifest, child, pod || inPod);
            }
        }
    }

    private void image(JsonNode image) {
        if (image.isTextual() && !image.asText().isBlank()) {
            images.add(image.asText().strip());
        }
    }

    private void refuse(Manifest manifest, String why) {
        problems.add(manifest.where() + ": " + manifest + " is refused: " + why + ".");
    }

    /**
     * The manifest as it is applied: with the marks of who owns it. Labels its author gave stay, because pods may be selected by
     * them.
     *
     * @param set id of the set it belongs to
     */
    public static Manifest stamped(Manifest manifest, Origin origin, String set) {
        ObjectNode content = manifest.content().deepCopy();
        content.remove("status");
        ObjectNode metadata = content.withObjectProperty("metadata");
        metadata.remove(List.of("managedFields", "resourceVersion", "uid", "creationTimestamp", "generation"));
        ObjectNode own = metadata.path("labels") instanceof ObjectNode labels ? labels.deepCopy() : null;
        origin.stamp(metadata);
        ObjectNode labels = metadata.withObjectProperty("labels");
        if (own != null) {
            labels.setAll(own);
        }
        labels.put(OURS + "set", set);
        return new Manifest(manifest.where(), content);
    }

    /** Whether this live object belongs to the set. */
    public static boolean isOf(String set, JsonNode live) {
        return set.equals(
                live.path("metadata").path("labels").path(OURS + "set").asText(""));
    }

    /** The label that puts an object into the set, as kubectl spells it. */
    public static String label(String set) {
        return OURS + "set=" + set.toLowerCase(Locale.ROOT);
    }
}
