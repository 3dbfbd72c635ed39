package io.jenkins.plugins.shera.deploy.middleware;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.storage.StorageKinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.kube.rollout.WorkloadReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the instances of one application in one environment. All calls talk to the cluster. */
final class MiddlewareReader {

    private static final String PARAMETER = "shera.io/parameter-";

    private final KubeApi api;
    private final Subject subject;
    private final Origin origin;

    MiddlewareReader(KubeApi api, Subject subject, Origin origin) {
        this.api = api;
        this.subject = subject;
        this.origin = origin;
    }

    List<MiddlewareFacts> all() throws KubeException {
        List<MiddlewareFacts> all = new ArrayList<>();
        List<JsonNode> sets = api.list(MiddlewareKinds.STATEFUL_SET, subject.namespace(), MiddlewareObjects.OF, "");
        Map<String, List<String>> bound = sets.isEmpty() ? Map.of() : bound();
        for (JsonNode set : sets) {
            if (origin.owns(set)) {
                all.add(facts(set, bound));
            }
        }
        return all;
    }

    private MiddlewareFacts facts(JsonNode set, Map<String, List<String>> bound) throws KubeException {
        String name = set.path("metadata").path("name").asText();
        JsonNode annotations = set.path("metadata").path("annotations");
        JsonNode container = set.at("/spec/template/spec/containers/0");
        String id = annotations.path(MiddlewareObjects.TEMPLATE).asText("");
        RolloutState seen = new WorkloadReader(api, ref(MiddlewareKinds.STATEFUL_SET, name))
                .read(Instant.EPOCH, api.serverNow().plus(Duration.ofDays(1)));
        boolean going = set.path("metadata").has("deletionTimestamp");
        String trouble = seen.trouble() == null ? "" : seen.trouble().message();
        String claim = name + "-data";
        Optional<JsonNode> volume = api.find(ref(StorageKinds.CLAIM, claim));
        return new MiddlewareFacts(
                name,
                id,
                annotations.path(MiddlewareObjects.VERSION).asText(""),
                container.path("image").asText(""),
                going ? "Deleting" : state(seen),
                seen.phase() == RolloutState.Phase.COMPLETE ? "" : trouble,
                MiddlewareObjects.host(name, subject.namespace()),
                container.at("/ports/0/containerPort").asInt(),
                MiddlewareObjects.credentials(name),
                claim,
                volume.map(each -> each.at("/spec/resources/requests/storage").asText())
                        .orElse(""),
                volume.map(each -> each.at("/spec/storageClassName").asText("")).orElse(""),
                container.at("/resources/requests/cpu").asText(""),
                container.at("/resources/limits/memory").asText(""),
                parameters(annotations),
                bound.getOrDefault(MiddlewareObjects.credentials(name), List.of()));
    }

    private static String state(RolloutState seen) {
        return switch (seen.phase()) {
            case COMPLETE -> "Ready";
            case PROGRESSING -> "Starting";
            case FAILED -> "Failed";
        };
    }

    /** What was chosen of the template's parameters, as it stands with the instance. */
    private static Map<String, String> parameters(JsonNode annotations) {
        Map<String, String> parameters = new TreeMap<>();
        annotations.properties().forEach(each -> {
            if (each.getKey().startsWith(PARAMETER)) {
                parameters.put(
                        each.getKey().substring(PARAMETER.length()),
                        each.getValue().asText());
            }
        });
        return parameters;
    }

    /** Name of the annotation that keeps a parameter. */
    static String annotation(String parameter) {
        return PARAMETER + parameter;
    }

    /** Names of Deployments by the Secret that variables of their containers come from. */
    Map<String, List<String>> bound() throws KubeException {
        Map<String, List<String>> bound = new TreeMap<>();
        for (JsonNode deployment : api.list(ResourceKind.DEPLOYMENT, subject.namespace(), "", "")) {
            String name = deployment.path("metadata").path("name").asText();
            for (JsonNode container : deployment.at("/spec/template/spec/containers")) {
                for (JsonNode variable : container.path("env")) {
                    String secret = variable.at("/valueFrom/secretKeyRef/name").asText("");
                    List<String> users = bound.computeIfAbsent(secret, absent -> new ArrayList<>());
                    if (!users.contains(name)) {
                        users.add(name);
                    }
                }
            }
        }
        return bound;
    }

    private ObjectRef ref(ResourceKind kind, String name) {
        return new ObjectRef(kind, subject.namespace(), name);
    }
}
