package io.jenkins.plugins.shera.terminal.pack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A running container of a pod and where it came from.
 *
 * @param image the image by digest, as the node pulled it
 * @param started when the container was started, to the second
 * @param uid of the pod, by which one that was made again under its name is told apart
 */
public record PodOrigin(
        String namespace, String pod, String container, ImageReference image, Instant started, String uid)
        implements Origin {
    /**
     * Asks the cluster.
     *
     * @param container name, or empty for the only one
     * @throws PackException if there is no such container that runs, or if its image came from no registry
     */
    public static PodOrigin of(KubeApi api, String namespace, String pod, String container) throws IOException {
        if (!pod.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
            throw new PackException(Messages._PodOrigin_name(pod.replaceAll("[^ -~]", "?")));
        }
        JsonNode found;
        try {
            found = api.get(new ObjectRef(ResourceKind.POD, namespace, pod).path());
        } catch (KubeException e) {
            if (e.kind() == KubeException.Kind.NOT_FOUND) {
                throw new PackException(Messages._PodOrigin_gone(pod, namespace));
            }
            throw e;
        }
        JsonNode status = status(found, namespace + "/" + pod, container);
        String name = status.path("name").asText();
        String started = status.path("state").path("running").path("startedAt").asText("");
        if (started.isEmpty()) {
            throw new PackException(Messages._PodOrigin_stopped(name, namespace + "/" + pod));
        }
        try {
            return new PodOrigin(
                    namespace,
                    pod,
                    name,
                    image(found, status, name),
                    Instant.parse(started),
                    found.path("metadata").path("uid").asText());
        } catch (DateTimeException e) {
            throw new PackException(Messages._PodOrigin_time(name, started));
        }
    }

    private static JsonNode status(JsonNode pod, String where, String container) throws PackException {
        List<String> names = new ArrayList<>();
        JsonNode only = null;
        for (JsonNode each : pod.path("status").path("containerStatuses")) {
            String name = each.path("name").asText();
            if (name.equals(container)) {
                return each;
            }
            names.add(name);
            only = each;
        }
        if (container.isEmpty() && names.size() == 1) {
            return only;
        }
        throw new PackException(
                container.isEmpty()
                        ? Messages._PodOrigin_which(where, String.join(", ", names))
                        : Messages._PodOrigin_none(where, container, String.join(", ", names)));
    }

    /**
     * The image of a pod's container by digest, also of one that does not run.
     *
     * @throws PackException if it came from no registry, or was not pulled yet
     */
    public static ImageReference imageOf(JsonNode pod, String container) throws PackException {
        return image(pod, status(pod, pod.path("metadata").path("name").asText(), container), container);
    }

    /**
     * The repository is the one the pod names, for a node that knows the same image from several gives any of them; the digest is
     * that of what really runs, since a tag may have moved.
     */
    private static ImageReference image(JsonNode pod, JsonNode status, String name) throws PackException {
        String asked = "";
        for (JsonNode each : pod.path("spec").path("containers")) {
            asked = each.path("name").asText().equals(name) ? each.path("image").asText() : asked;
        }
        try {
            ImageReference wanted = ImageReference.parse(asked);
            if (wanted.domain().isPresent() && wanted.digest().isPresent()) {
                return wanted;
            }
            ImageReference runs =
                    ImageReference.parse(status.path("imageID").asText("").replaceFirst("^[a-z-]+://", ""));
            if (runs.domain().isPresent() && runs.digest().isPresent()) {
                return wanted.domain().isEmpty()
                        ? runs
                        : ImageReference.parse(wanted.domain().get() + "/" + wanted.repository() + "@"
                                + runs.digest().get());
            }
        } catch (IllegalArgumentException e) {
            throw unknown(status, name);
        }
        throw unknown(status, name);
    }

    private static PackException unknown(JsonNode status, String name) {
        return new PackException(
                Messages._PodOrigin_image(name, status.path("image").asText()));
    }

    /**
     * Asks the cluster whether this is still the container that runs there.
     *
     * @throws PackException if it was started again, or its pod made anew under the same name
     */
    public void confirm(KubeApi api) throws IOException {
        PodOrigin now = of(api, namespace, pod, container);
        if (!now.uid.equals(uid) || !now.started.equals(started)) {
            throw new PackException(Messages._PodOrigin_replaced(where()));
        }
    }

    @Override
    public String mark() {
        return uid + "." + started.getEpochSecond();
    }

    @Override
    public String where() {
        return namespace + "/" + pod + "/" + container;
    }
}
