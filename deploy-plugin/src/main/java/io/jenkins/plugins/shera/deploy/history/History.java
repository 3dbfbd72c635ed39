package io.jenkins.plugins.shera.deploy.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.Revisions;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Templates;
import io.jenkins.plugins.shera.deploy.canary.Workload;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which revisions of an application its cluster keeps: those that undo can go back to. All calls talk to the cluster. */
public final class History {

    private static final ObjectMapper TEXT = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(pass|pwd|secret|token|credential|private|api.?key).*");
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HASH = "controller-revision-hash";

    private final KubeApi api;
    private final Subject subject;

    /** Of this application in this environment. */
    public History(KubeApi api, Subject subject) {
        this.api = api;
        this.subject = subject;
    }

    /** Newest first; none where it is not deployed. */
    public List<Revision> read() throws KubeException {
        Origin origin = new Origin(subject.tenant(), subject.application(), subject.environment(), "", "");
        for (Workload workload : Workload.values()) {
            Optional<JsonNode> live = workload.live(api, subject).filter(found -> !origin.isForeign(found));
            if (live.isPresent()) {
                return workload.inPlace() ? inPlace(live.get()) : ofDeployment(live.get());
            }
        }
        return List.of();
    }

    private List<Revision> ofDeployment(JsonNode live) throws KubeException {
        String uid = live.path("metadata").path("uid").asText();
        String now = Templates.hash(live.path("spec").path("template"));
        List<Revision> revisions = new ArrayList<>();
        for (JsonNode set : api.list(ResourceKind.REPLICA_SET, subject.namespace(), "", "")) {
            JsonNode metadata = set.path("metadata");
            if (metadata.path("ownerReferences").path(0).path("uid").asText().equals(uid)) {
                ObjectNode template = Templates.ofReplicaSet(set);
                revisions.add(revision(
                        metadata.path("annotations").path(REVISION).asLong(),
                        set,
                        template,
                        set.path("status").path("replicas").asInt(),
                        Templates.hash(template).equals(now)));
            }
        }
        revisions.sort(Comparator.comparingLong(Revision::number).reversed());
        return revisions;
    }

    /** Of a StatefulSet or DaemonSet, whose controller keeps revisions as objects of their own; the newest is the one deployed. */
    private List<Revision> inPlace(JsonNode live) throws KubeException {
        String uid = live.path("metadata").path("uid").asText();
        Map<String, Integer> pods = new HashMap<>();
        for (JsonNode pod : api.list(ResourceKind.POD, subject.namespace(), HASH, "")) {
            if (pod.path("metadata")
                    .path("ownerReferences")
                    .path(0)
                    .path("uid")
                    .asText()
                    .equals(uid)) {
                pods.merge(pod.path("metadata").path("labels").path(HASH).asText(), 1, Integer::sum);
            }
        }
        List<Revision> revisions = new ArrayList<>();
        for (JsonNode kept : Revisions.of(api, live)) {
            JsonNode metadata = kept.path("metadata");
            String name = metadata.path("name").asText();
            // Pods of a DaemonSet bear the hash of their revision, those of a StatefulSet its name.
            String hash = metadata.path("labels").path(HASH).asText(name);
            revisions.add(revision(
                    Revisions.number(kept),
                    kept,
                    Revisions.template(kept),
                    pods.getOrDefault(hash, pods.getOrDefault(name, 0)),
                    revisions.isEmpty()));
        }
        return revisions;
    }

    private Revision revision(long number, JsonNode kept, ObjectNode template, int pods, boolean stable) {
        String image = "";
        for (JsonNode container : template.path("spec").path("containers")) {
            if (image.isEmpty() || container.path("name").asText().equals(subject.application())) {
                image = container.path("image").asText();
            }
        }
        return new Revision(
                number,
                image,
                kept.path("metadata").path("creationTimestamp").asText(),
                Origin.buildOf(kept),
                pods,
                stable,
                text(template));
    }

    /** Secrets stand in Secrets; what somebody put into a plain variable all the same is not shown. */
    private static String text(ObjectNode template) {
        ObjectNode shown = template.deepCopy();
        for (String kind : List.of("initContainers", "containers")) {
            for (JsonNode container : shown.path("spec").path(kind)) {
                for (JsonNode variable : container.path("env")) {
                    if (variable.has("value")
                            && SECRET.matcher(variable.path("name").asText()).matches()) {
                        ((ObjectNode) variable).put("value", "***");
                    }
                }
            }
        }
        try {
            return TEXT.writeValueAsString(TEXT.convertValue(shown, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
