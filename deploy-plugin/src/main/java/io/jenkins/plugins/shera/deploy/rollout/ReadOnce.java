package io.jenkins.plugins.shera.deploy.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.Memory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for each object once, while a plan is made: several parts of it look at the same ones. For one thread, and not for what acts. */
public final class ReadOnce implements Memory {

    private final KubeApi api;
    private final Map<String, JsonNode> read = new HashMap<>();

    private ReadOnce(KubeApi api) {
        this.api = api;
    }

    /** The same API with such a memory. */
    public static KubeApi of(KubeApi api) {
        return api.remembering(new ReadOnce(api));
    }

    /** What cannot be read is not known, so that whoever asks is told why. */
    @Override
    public Optional<JsonNode> found(String path) {
        JsonNode known = read.get(path);
        if (known == null) {
            try {
                known = api.get(path);
            } catch (KubeException e) {
                if (e.kind() != Kind.NOT_FOUND) {
                    return Optional.empty();
                }
                known = MissingNode.getInstance();
            }
            read.put(path, known);
        }
        return Optional.of(known.deepCopy());
    }

    @Override
    public Optional<List<JsonNode>> listed(String collection, String labelSelector, String fieldSelector) {
        return Optional.empty();
    }

    @Override
    public void wrote(String path, JsonNode object) {
        read.put(path, object);
    }

    @Override
    public void deleted(String path) {
        read.put(path, MissingNode.getInstance());
    }
}
