package io.jenkins.plugins.shera.deploy.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Templates;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        Optional<JsonNode> live = api.find(
                        new ObjectRef(ResourceKind.DEPLOYMENT, subject.namespace(), subject.application()))
                .filter(found -> !origin.isForeign(found));
        if (live.isEmpty()) {
            return List.of();
        }
        String uid = live.get().path("metadata").path("uid").asText();
        String now = Templates.hash(live.get().path("spec").path("template"));
        List<Revision> revisions = new ArrayList<>();
        for (JsonNode set : api.list(ResourceKind.REPLICA_SET, subject.namespace(), "", "")) {
            JsonNode metadata = set.path("metadata");
            if (metadata.path("ownerReferences").path(0).path("uid").asText().equals(uid)) {
                ObjectNode template = Templates.ofReplicaSet(set);
                revisions.add(new Revision(
                        metadata.path("annotations").path(REVISION).asLong(),
                        template.path("spec")
                                .path("containers")
                                .path(0)
                                .path("image")
                                .asText(),
                        metadata.path("creationTimestamp").asText(),
                        Origin.buildOf(set),
                        set.path("status").path("replicas").asInt(),
                        Templates.hash(template).equals(now),
                        text(template)));
            }
        }
        revisions.sort(Comparator.comparingLong(Revision::number).reversed());
        return revisions;
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
