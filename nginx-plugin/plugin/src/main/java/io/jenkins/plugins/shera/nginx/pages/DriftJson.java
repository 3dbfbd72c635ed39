package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import java.util.List;

/** How far the nodes of a cluster are from what was last put there, and nothing else of them. */
final class DriftJson {
    private DriftJson() {}

    static ObjectNode of(String cluster, List<ClusterReading.OfNode> nodes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("cluster", cluster);
        boolean drifted = false;
        ArrayNode all = body.putArray("nodes");
        for (ClusterReading.OfNode node : nodes) {
            ObjectNode json = all.addObject().put("name", node.name()).put("error", node.error());
            if (node.reading() != null) {
                NodeDrift drift = node.reading().drift();
                drifted |= !drift.isNone();
                json.put("generation", drift.generation())
                        .put("drifted", !drift.isNone())
                        .put("served", drift.served())
                        .put("hidden", drift.hidden());
                drift.changes().forEach(json.putArray("changes")::add);
            }
        }
        body.put("drifted", drifted);
        return body;
    }
}
