package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * The definition of PrometheusRule under its real name, for as long as tests need it; where an operator has installed it, that one
 * stays. Its groups are a map by name, as in the operator's own definition.
 */
public final class OperatorKind implements AutoCloseable {

    private static final String MAKER = "shera-rules-test";
    private static final ResourceKind DEFINITION =
            new ResourceKind("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", false);
    private static final ObjectRef REF = new ObjectRef(DEFINITION, "", "prometheusrules.monitoring.coreos.com");
    private static final String TEXTS = "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}";
    private static final String CONTENT =
            """
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
             "metadata": {"name": "prometheusrules.monitoring.coreos.com", "labels": {"made-by": "%s"}},
             "spec": {"group": "monitoring.coreos.com", "scope": "Namespaced",
              "names": {"kind": "PrometheusRule", "listKind": "PrometheusRuleList", "plural": "prometheusrules",
               "singular": "prometheusrule"},
              "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {"type": "object",
               "required": ["spec"], "properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"},
               "metadata": {"type": "object"}, "spec": {"type": "object", "properties": {"groups": {"type": "array",
               "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "items": {"type": "object",
               "required": ["name"], "properties": {"name": {"type": "string", "minLength": 1}, "rules": {"type": "array",
               "items": {"type": "object", "required": ["expr"], "properties": {"alert": {"type": "string"},
               "expr": {"x-kubernetes-int-or-string": true}, "for": {"type": "string"}, "labels": %s,
               "annotations": %s}}}}}}}}}}}}]}}
            """
                    .formatted(MAKER, TEXTS, TEXTS);

    private final KubeApi api;

    /** Installs it where it is not there, and waits until the cluster has the kind. */
    public OperatorKind(KubeApi api) throws Exception {
        this.api = api;
        if (api.find(REF).isEmpty()) {
            api.applyPart(REF, new ObjectMapper().readTree(CONTENT), "-somebody", false, false);
        }
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isServed(api));
    }

    /** Whether the cluster has the kind now. */
    public static boolean isServed(KubeApi api) throws KubeException {
        try {
            ResourceKind kind = new Kinds(api).find("monitoring.coreos.com/v1", "PrometheusRule");
            api.list(kind, "default", "", "");
            return true;
        } catch (KubeException e) {
            if (e.kind() == KubeException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** The files that an operator makes of an object, if its rule selector {@code release=prometheus} chooses it. */
    public static Map<String, String> files(JsonNode live) {
        return live.at("/metadata/labels/release").asText().equals("prometheus")
                ? Map.of("operator.yml", live.path("spec").toString())
                : Map.of();
    }

    @Override
    public void close() throws KubeException {
        Optional<JsonNode> live = api.find(REF);
        if (live.isPresent()
                && live.get().at("/metadata/labels/made-by").asText().equals(MAKER)) {
            api.delete(REF, live.get().at("/metadata/uid").asText());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> api.find(REF).isEmpty() && !isServed(api));
        }
    }
}
