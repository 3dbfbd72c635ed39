package io.jenkins.plugins.shera.deploy.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * More nodes for a real cluster that has only one, for pods of one namespace alone: the scheduler and the controllers are the cluster's own, only
 * the kubelet is played, which says of every pod there that it is ready, or crashes where its variable VERSION is {@code broken}.
 */
final class PlayedNodes implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceKind NODE = new ResourceKind("v1", "Node", "nodes", false);

    private final KubeApi api;
    private final String namespace;
    private final List<ObjectRef> nodes = new ArrayList<>();
    private final Thread kubelet;
    private volatile boolean closed;

    PlayedNodes(KubeApi api, String namespace, int count) throws IOException {
        this.api = api;
        this.namespace = namespace;
        JsonNode real = api.list(NODE, "", "!shera.io/played", "").get(0).path("status");
        for (int i = 0; i < count; i++) {
            ObjectRef ref = new ObjectRef(NODE, "", namespace + "-" + i);
            nodes.add(ref);
            api.create(
                    "/api/v1/nodes",
                    JSON.readTree(
                            """
                            {"apiVersion": "v1", "kind": "Node",
                             "metadata": {"name": "%s", "labels": {"shera.io/played": "%s"}},
                             "spec": {"taints": [{"key": "shera.io/played", "value": "%s", "effect": "NoSchedule"}]}}"""
                                    .formatted(ref.name(), namespace, namespace)));
            beat(ref);
            // A real kubelet answers for logs, if only that it does not know the pod; none at all would be asked again
            // and again.
            ObjectNode address = JSON.createObjectNode();
            address.withObject("/status")
                    .<ObjectNode>set("addresses", real.path("addresses"))
                    .set("daemonEndpoints", real.path("daemonEndpoints"));
            api.mergeInto(ref, "status", address);
        }
        kubelet = new Thread(this::run, "played kubelet of " + namespace);
        kubelet.setDaemon(true);
        kubelet.start();
    }

    private void beat(ObjectRef node) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        api.mergeInto(
                node,
                "status",
                JSON.readTree(
                        """
                        {"status": {"allocatable": {"cpu": "4", "memory": "4Gi", "pods": "20"},
                         "capacity": {"cpu": "4", "memory": "4Gi", "pods": "20"},
                         "conditions": [{"type": "Ready", "status": "True", "reason": "Played", "message": "",
                          "lastHeartbeatTime": "%s", "lastTransitionTime": "%s"}]}}"""
                                .formatted(now, now)));
    }

    private void run() {
        for (int round = 0; !closed; round++) {
            try {
                if (round % 50 == 49) {
                    for (ObjectRef node : nodes) {
                        beat(node);
                    }
                }
                for (JsonNode pod : api.list(ResourceKind.POD, namespace, "", "")) {
                    if (pod.path("spec").path("nodeName").asText("").startsWith(namespace)
                            && !pod.path("status").has("containerStatuses")) {
                        serve(pod);
                    }
                }
                Thread.sleep(200);
            } catch (IOException e) {
                // A pod that went meanwhile; the next round looks again.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void serve(JsonNode pod) throws IOException {
        boolean broken = pod.path("spec")
                .path("containers")
                .path(0)
                .path("env")
                .toString()
                .contains("broken");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String state = broken
                ? "{\"waiting\": {\"reason\": \"CrashLoopBackOff\", \"message\": \"back-off\"}}"
                : "{\"running\": {\"startedAt\": \"" + now + "\"}}";
        String last = broken ? "{\"terminated\": {\"exitCode\": 3, \"reason\": \"Error\"}}" : "{}";
        JsonNode status = JSON.readTree(
                """
                {"status": {"phase": "Running", "startTime": "%s",
                 "conditions": [{"type": "Ready", "status": "%s", "lastTransitionTime": "%s"}],
                 "containerStatuses": [{"name": "shop", "image": "x", "imageID": "", "ready": %s, "started": true,
                  "restartCount": %d, "state": %s, "lastState": %s}]}}"""
                        .formatted(now, broken ? "False" : "True", now, !broken, broken ? 4 : 0, state, last));
        api.mergeInto(
                new ObjectRef(
                        ResourceKind.POD,
                        namespace,
                        pod.path("metadata").path("name").asText()),
                "status",
                (ObjectNode) status);
    }

    @Override
    public void close() throws KubeException {
        closed = true;
        kubelet.interrupt();
        for (ObjectRef node : nodes) {
            api.delete(node, api.get(node.path()).path("metadata").path("uid").asText());
        }
    }
}
