package io.jenkins.plugins.shera.terminal.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.terminal.copy.DebugContainers;
import io.jenkins.plugins.shera.terminal.copy.DebugCopy;
import java.util.ArrayList;
import java.util.List;

/** The containers of an application that run now. */
public final class Containers {

    private Containers() {}

    /** One of them. */
    public record Running(String pod, String container) {
        /** Whether it was put there to look into another, and is nobody's first choice. */
        public boolean isDebugger() {
            return container.startsWith(DebugContainers.PREFIX);
        }
    }

    /** In the order of the API server; pods carry the label {@code app.kubernetes.io/name}, debug copies their own. */
    public static List<Running> of(KubeApi api, String namespace, String application) throws KubeException {
        List<Running> all = labelled(api, namespace, "app.kubernetes.io/name=" + application);
        all.addAll(labelled(api, namespace, DebugCopy.LABEL + "=" + application));
        return all;
    }

    private static List<Running> labelled(KubeApi api, String namespace, String label) throws KubeException {
        List<Running> all = new ArrayList<>();
        for (JsonNode pod : api.list(ResourceKind.POD, namespace, label, "")) {
            for (String list : List.of("containerStatuses", "ephemeralContainerStatuses")) {
                for (JsonNode status : pod.path("status").path(list)) {
                    if (status.path("state").has("running")) {
                        all.add(new Running(
                                pod.path("metadata").path("name").asText(),
                                status.path("name").asText()));
                    }
                }
            }
        }
        return all;
    }

    /**
     * A container that runs now.
     *
     * @param mark differs from one start of it to the next, and from pod to pod of the same name
     * @param ready whether it serves
     */
    public record Started(String pod, String container, String mark, boolean ready) {}

    /**
     * Those of pods that also bear other labels.
     *
     * @param selector {@code name=value}, several with commas between; empty for none
     */
    public static List<Started> started(KubeApi api, String namespace, String application, String selector)
            throws KubeException {
        String labels = "app.kubernetes.io/name=" + application + (selector.isEmpty() ? "" : "," + selector);
        List<Started> all = new ArrayList<>();
        for (JsonNode pod : api.list(ResourceKind.POD, namespace, labels, "")) {
            JsonNode metadata = pod.path("metadata");
            for (JsonNode status : pod.path("status").path("containerStatuses")) {
                if (status.path("state").has("running")) {
                    all.add(new Started(
                            metadata.path("name").asText(),
                            status.path("name").asText(),
                            metadata.path("uid").asText() + "."
                                    + status.path("containerID").asText(),
                            status.path("ready").asBoolean() && !metadata.has("deletionTimestamp")));
                }
            }
        }
        return all;
    }
}
