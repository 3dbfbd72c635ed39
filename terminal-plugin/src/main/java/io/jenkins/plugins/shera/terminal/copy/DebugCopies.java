package io.jenkins.plugins.shera.terminal.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.manifest.PodSecurity;
import io.jenkins.plugins.shera.terminal.pack.PackException;
import io.jenkins.plugins.shera.terminal.pack.PodOrigin;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The debug copies of one application in one namespace. Calls wait for the API server. */
public final class DebugCopies {

    private static final ResourceKind CLAIM =
            new ResourceKind("v1", "PersistentVolumeClaim", "persistentvolumeclaims", true);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final KubeApi api;
    private final String namespace;
    private final String application;
    private final Function<String, ImageStart> starts;

    /** Asks with the rights of {@code api}; what images start stays untold. */
    public DebugCopies(KubeApi api, String namespace, String application) {
        this(api, namespace, application, image -> ImageStart.UNKNOWN);
    }

    /** The same; the function says what an image, named by digest, starts. */
    public DebugCopies(KubeApi api, String namespace, String application, Function<String, ImageStart> starts) {
        this.api = api;
        this.namespace = namespace;
        this.application = application;
        this.starts = starts;
    }

    /** A container that can be copied, and how it is: {@code running} or the cluster's reason, with its restarts. */
    public record Candidate(String pod, String container, String state, int restarts) {}

    /** All copies in a namespace, of whatever application. */
    public static List<DebugCopy> all(KubeApi api, String namespace) throws KubeException {
        return api.list(ResourceKind.POD, namespace, DebugCopy.LABEL, "").stream()
                .map(DebugCopy::read)
                .toList();
    }

    /** The copies there are. */
    public List<DebugCopy> list() throws KubeException {
        return api.list(ResourceKind.POD, namespace, DebugCopy.LABEL + "=" + application, "").stream()
                .map(DebugCopy::read)
                .toList();
    }

    /** The copy of this name, if there is one of this application. */
    public Optional<DebugCopy> find(String name) throws KubeException {
        return list().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** What can be copied, also what crashes. */
    public List<Candidate> candidates() throws KubeException {
        List<Candidate> all = new ArrayList<>();
        for (JsonNode pod : api.list(ResourceKind.POD, namespace, "app.kubernetes.io/name=" + application, "")) {
            for (JsonNode each : pod.path("spec").path("containers")) {
                String name = each.path("name").asText();
                JsonNode status = CopyState.named(pod.path("status").path("containerStatuses"), name);
                all.add(new Candidate(
                        pod.path("metadata").path("name").asText(),
                        name,
                        state(status.path("state")),
                        status.path("restartCount").asInt()));
            }
        }
        return all;
    }

    private static String state(JsonNode state) {
        for (String word : List.of("waiting", "terminated")) {
            if (state.has(word)) {
                return state.path(word).path("reason").asText(word);
            }
        }
        return state.has("running") ? "running" : "";
    }

    /**
     * Makes a copy; it may take a while until it runs.
     *
     * @throws CopyException if the pod cannot be copied as ordered, or a quota, a policy or a right stands in the way
     */
    public DebugCopy start(CopyOrder order) throws IOException {
        JsonNode pod = origin(order.pod());
        String container = container(pod, order.container());
        Map<String, Boolean> claims = claims(pod, order);
        String image = "";
        try {
            image = PodOrigin.imageOf(pod, container).toString();
        } catch (PackException e) {
            if (CopyState.named(pod.path("status").path("containerStatuses"), container)
                    .path("imageID")
                    .asText()
                    .isEmpty()) {
                throw new CopyException(
                        CopyException.Kind.INPUT,
                        Messages._DebugCopies_image(container, order.pod()),
                        Messages._DebugCopies_image_next());
            }
        }
        String name = HeldPod.name(order.pod(), random());
        ImageStart start = image.isEmpty() || saysAll(pod, container) ? ImageStart.UNKNOWN : starts.apply(image);
        ObjectNode copy = new HeldPod(pod, order, container).make(name, application, image, start, claims);
        List<String> violations = PodSecurity.violations(copy);
        if (!violations.isEmpty()) {
            throw new CopyException(
                    CopyException.Kind.BLOCKED,
                    Messages._DebugCopies_baseline(String.join("; ", violations)),
                    Messages._DebugCopies_baseline_next());
        }
        return DebugCopy.read(create(copy, name));
    }

    private static boolean saysAll(JsonNode pod, String container) {
        return CopyState.named(pod.path("spec").path("containers"), container)
                        .path("command")
                        .size()
                > 0;
    }

    private JsonNode create(ObjectNode copy, String name) throws IOException {
        ObjectRef ref = new ObjectRef(ResourceKind.POD, namespace, name);
        try {
            return api.create(ResourceKind.POD.collection(namespace), copy);
        } catch (KubeException e) {
            if (e.kind() == KubeException.Kind.CONFLICT) {
                // The name is random: it is our own, whose answer was lost on the way.
                return api.get(ref.path());
            }
            throw e.kind() == KubeException.Kind.FORBIDDEN ? forbidden(e) : e;
        }
    }

    private static CopyException forbidden(KubeException e) {
        String said = String.valueOf(e.getMessage());
        int quota = said.indexOf("exceeded quota:");
        if (quota >= 0) {
            return new CopyException(
                    CopyException.Kind.BLOCKED,
                    Messages._DebugCopies_quota(
                            said.substring(quota + "exceeded quota:".length()).strip()),
                    Messages._DebugCopies_quota_next());
        }
        int security = said.indexOf("violates PodSecurity");
        if (security >= 0) {
            return new CopyException(
                    CopyException.Kind.BLOCKED,
                    Messages._DebugCopies_security(said.substring(security)),
                    Messages._DebugCopies_security_next());
        }
        return new CopyException(
                CopyException.Kind.BLOCKED,
                Messages._DebugCopies_forbidden(said),
                Messages._DebugCopies_forbidden_next());
    }

    private JsonNode origin(String name) throws IOException {
        if (name.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
            Optional<JsonNode> found = api.find(new ObjectRef(ResourceKind.POD, namespace, name));
            if (found.isPresent()
                    && found.get()
                            .path("metadata")
                            .path("labels")
                            .path("app.kubernetes.io/name")
                            .asText()
                            .equals(application)) {
                return found.get();
            }
        }
        throw new CopyException(
                CopyException.Kind.MISSING, Messages._DebugCopies_pod(application), Messages._DebugCopies_pod_next());
    }

    private static String container(JsonNode pod, String wanted) throws CopyException {
        JsonNode all = pod.path("spec").path("containers");
        if (wanted.isEmpty() && all.size() == 1) {
            return all.path(0).path("name").asText();
        }
        if (wanted.isEmpty() || CopyState.named(all, wanted).isMissingNode()) {
            throw new CopyException(
                    CopyException.Kind.MISSING, Messages._DebugCopies_container(), Messages._DebugCopies_pod_next());
        }
        return wanted;
    }

    /** For each volume with a claim, whether it binds the copy to one node; unknown ones are taken to. */
    private Map<String, Boolean> claims(JsonNode pod, CopyOrder order) throws IOException {
        Map<String, Boolean> tied = new HashMap<>();
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            String claim =
                    volume.path("persistentVolumeClaim").path("claimName").asText("");
            if (claim.isEmpty() || order.claims() == Claims.EMPTY) {
                continue;
            }
            List<String> modes = modes(claim);
            if (modes.contains("ReadWriteOncePod")) {
                throw new CopyException(
                        CopyException.Kind.INPUT, Messages._DebugCopies_pods(claim), Messages._DebugCopies_pods_next());
            }
            boolean one = !modes.contains("ReadWriteMany") && !modes.contains("ReadOnlyMany");
            if (one && order.claims() == Claims.REFUSE) {
                throw new CopyException(
                        CopyException.Kind.INPUT,
                        Messages._DebugCopies_claim(claim),
                        Messages._DebugCopies_claim_next());
            }
            tied.put(volume.path("name").asText(), one);
        }
        return tied;
    }

    private List<String> modes(String claim) throws KubeException {
        List<String> modes = new ArrayList<>();
        try {
            api.find(new ObjectRef(CLAIM, namespace, claim))
                    .ifPresent(
                            found -> found.path("spec").path("accessModes").forEach(mode -> modes.add(mode.asText())));
        } catch (KubeException e) {
            if (e.kind() != KubeException.Kind.FORBIDDEN) {
                throw e;
            }
        }
        return modes;
    }

    /** Removes a copy; nothing happens if it is another pod by now. */
    public void delete(DebugCopy copy) throws KubeException {
        try {
            api.delete(new ObjectRef(ResourceKind.POD, namespace, copy.name()), copy.uid());
        } catch (KubeException e) {
            if (e.kind() != KubeException.Kind.NOT_FOUND && e.kind() != KubeException.Kind.CONFLICT) {
                throw e;
            }
        }
    }

    static String random() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
