package io.jenkins.plugins.shera.monitoring.sources;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.LogOptions;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The Kubernetes API: live, and back to where the kubelet's current file begins. It knows {@code since} but not {@code until}, so
 * the end of a range is ours.
 */
public final class KubernetesLogs implements LogSource {

    private final KubeApi api;

    /** The caller's identity decides what may be read. */
    public KubernetesLogs(KubeApi api) {
        this.api = api;
    }

    /**
     * A container of a pod.
     *
     * @param address of its node, empty before it has one
     * @param state {@code running}, or why it waits or ended
     * @param previous true when a run before the last restart can be read
     * @param ran whether it ever began: before that there is no log to read
     */
    public record PodContainer(
            String pod,
            String container,
            String node,
            String address,
            String phase,
            String state,
            int restarts,
            boolean previous,
            boolean ran,
            String started) {}

    /** The containers of an application's pods, those of its canary too. */
    public List<PodContainer> containers(String namespace, String application) throws KubeException {
        List<PodContainer> all = new ArrayList<>();
        String selector = "app.kubernetes.io/name=" + application;
        for (JsonNode pod : api.list(ResourceKind.POD, namespace, selector, "")) {
            String name = pod.path("metadata").path("name").asText();
            for (JsonNode container : pod.path("spec").path("containers")) {
                String called = container.path("name").asText();
                JsonNode status = statusOf(pod, called);
                all.add(new PodContainer(
                        name,
                        called,
                        pod.path("spec").path("nodeName").asText(),
                        pod.path("status").path("hostIP").asText(),
                        pod.path("status").path("phase").asText(),
                        state(status.path("state")),
                        status.path("restartCount").asInt(),
                        status.path("lastState").has("terminated"),
                        ran(status),
                        pod.path("status").path("startTime").asText()));
            }
        }
        return all;
    }

    private static boolean ran(JsonNode status) {
        JsonNode state = status.path("state");
        return state.has("running")
                || state.has("terminated")
                || status.path("restartCount").asInt() > 0;
    }

    private static JsonNode statusOf(JsonNode pod, String container) {
        for (JsonNode status : pod.path("status").path("containerStatuses")) {
            if (status.path("name").asText().equals(container)) {
                return status;
            }
        }
        return pod.path("none");
    }

    private static String state(JsonNode state) {
        for (String kind : List.of("waiting", "terminated")) {
            if (state.has(kind)) {
                return state.path(kind).path("reason").asText(kind);
            }
        }
        return state.has("running") ? "running" : "unknown";
    }

    @Override
    public LogStream open(ContainerLog log, LogQuery query) throws IOException {
        boolean open = query.window().since() == Long.MIN_VALUE + 1;
        LogOptions options = new LogOptions(
                open ? null : Stamps.instant(query.window().since()), query.tail(), query.follow(), query.previous());
        return new StampedLines(
                api.openLog(log.namespace(), log.pod(), log.container(), options),
                log,
                query.window(),
                query.filter(),
                (line, length) -> false);
    }
}
