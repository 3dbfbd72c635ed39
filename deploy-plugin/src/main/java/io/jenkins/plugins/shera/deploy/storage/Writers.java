package io.jenkins.plugins.shera.deploy.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells which volumes of a pod a second pod must not write. */
public final class Writers {

    private Writers() {}

    /**
     * A claim that a pod mounts.
     *
     * @param modes its access modes as text, empty when the claim is not there
     */
    public record Mounted(String claim, String modes, boolean exclusive) {
        /** Whether the claim is not in the namespace. */
        public boolean isMissing() {
            return modes.isEmpty();
        }
    }

    /** Claims that pods of this template mount, with what the cluster says of them. */
    public static List<Mounted> of(KubeApi api, String namespace, JsonNode template) throws KubeException {
        List<Mounted> mounted = new ArrayList<>();
        for (JsonNode volume : template.path("spec").path("volumes")) {
            JsonNode source = volume.path("persistentVolumeClaim");
            String name = source.path("claimName").asText("");
            if (name.isEmpty()) {
                continue;
            }
            Optional<JsonNode> live = api.find(new ObjectRef(StorageKinds.CLAIM, namespace, name));
            JsonNode modes = live.map(found -> found.path("spec").path("accessModes"))
                    .orElseGet(com.fasterxml.jackson.databind.node.MissingNode::getInstance);
            boolean shared = source.path("readOnly").asBoolean();
            for (JsonNode mode : modes) {
                shared |= mode.asText().equals("ReadWriteMany");
            }
            mounted.add(new Mounted(name, live.isPresent() ? modes.toString() : "", !shared));
        }
        return mounted;
    }
}
