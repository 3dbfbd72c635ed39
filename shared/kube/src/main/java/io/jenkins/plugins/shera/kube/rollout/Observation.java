package io.jenkins.plugins.shera.kube.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the API server said of one Deployment at one moment.
 *
 * @param deployment the object, or a missing node when it is gone
 * @param replicaSets those the Deployment owns
 * @param pods those the ReplicaSets own
 * @param events per pod name, oldest first; only for pods that are not ready
 * @param now by the server's clock
 */
public record Observation(
        JsonNode deployment,
        List<JsonNode> replicaSets,
        List<JsonNode> pods,
        Map<String, List<JsonNode>> events,
        Instant now) {}
