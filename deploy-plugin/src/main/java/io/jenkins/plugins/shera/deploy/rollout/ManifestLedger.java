package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.manifest.BroughtManifests;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a set of manifests has in the cluster, kept in the ConfigMap {@code <set>-manifests} of the environment's namespace.
 * It only says where to look: what may be deleted is told by the mark of each object itself.
 */
final class ManifestLedger {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);
    private static final String OBJECTS = "objects";

    /** One object of the set, as plain as it is written. */
    record Entry(String apiVersion, String kind, String namespace, String name) {

        static Entry of(Manifest manifest) {
            return new Entry(manifest.apiVersion(), manifest.kind(), manifest.namespace(), manifest.name());
        }

        Manifest asManifest() {
            ObjectNode content = JSON.createObjectNode();
            content.put("apiVersion", apiVersion).put("kind", kind);
            content.putObject("metadata").put("name", name).put("namespace", namespace);
            return new Manifest("the earlier set", content);
        }

        /** Objects move between versions of an API without becoming others. */
        boolean isSame(Entry other) {
            return kind.equals(other.kind)
                    && namespace.equals(other.namespace)
                    && name.equals(other.name)
                    && group().equals(other.group());
        }

        private String group() {
            return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        }

        @Override
        public String toString() {
            return kind + " " + namespace + "/" + name;
        }
    }

    private final KubeApi api;
    private final ManifestRequest request;
    private final ObjectRef ref;

    ManifestLedger(KubeApi api, ManifestRequest request) {
        this.api = api;
        this.request = request;
        this.ref = new ObjectRef(CONFIG_MAP, request.namespace(), request.set() + "-manifests");
    }

    ObjectRef ref() {
        return ref;
    }

    /** The live ConfigMap, if the set was applied before. */
    Optional<JsonNode> live() throws DeployException, KubeException {
        Optional<JsonNode> live = api.find(ref);
        if (live.isPresent()
                && (!request.origin().owns(live.get()) || !BroughtManifests.isOf(request.setId(), live.get()))) {
            throw new DeployException(
                    "Cannot deploy " + request + ": there is a " + ref + " that was not made for this set."
                            + " Nothing was changed. Give the set another name.",
                    null);
        }
        return live;
    }

    /** What the live ConfigMap says; what cannot be read in it is left out. */
    static Set<Entry> entries(Optional<JsonNode> live) {
        Set<Entry> entries = new LinkedHashSet<>();
        String text =
                live.map(found -> found.path("data").path(OBJECTS).asText("")).orElse("");
        try {
            for (JsonNode each : text.isEmpty() ? JSON.createArrayNode() : JSON.readTree(text)) {
                entries.add(new Entry(
                        each.path("apiVersion").asText(""),
                        each.path("kind").asText(""),
                        each.path("namespace").asText(""),
                        each.path("name").asText("")));
            }
        } catch (IOException e) {
            return Set.of();
        }
        return entries;
    }

    /** The request that wrote it last, or empty. */
    static String requestOf(Optional<JsonNode> live) {
        return live.map(Origin::requestOf).orElse("");
    }

    /**
     * Writes it; who wrote in between makes it a conflict.
     *
     * @param live what was read, so that two writers do not take each other's place
     */
    void write(Set<Entry> entries, Optional<JsonNode> live) throws KubeException {
        ObjectNode object = JSON.createObjectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", ref.name()).put("namespace", ref.namespace());
        ArrayNode list = JSON.createArrayNode();
        entries.forEach(each -> list.addObject()
                .put("apiVersion", each.apiVersion())
                .put("kind", each.kind())
                .put("namespace", each.namespace())
                .put("name", each.name()));
        object.putObject("data").put(OBJECTS, list.toString());
        ObjectNode stamped = BroughtManifests.stamped(new Manifest("", object), request.origin(), request.setId())
                .content();
        live.ifPresent(found -> stamped.withObjectProperty("metadata")
                .put(
                        "resourceVersion",
                        found.path("metadata").path("resourceVersion").asText()));
        api.apply(ref, stamped, false);
    }
}
