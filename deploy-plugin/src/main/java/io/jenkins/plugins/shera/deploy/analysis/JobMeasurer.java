package io.jenkins.plugins.shera.deploy.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Runs a Job beside the application and measures whether it succeeds. The Job's name is that of the measurement, so that after a restart the
 * same Job is looked at again and not started twice. In it {@code CANARY} and {@code STABLE} name the two Services.
 */
public final class JobMeasurer implements Measurer {

    private static final ResourceKind JOB = new ResourceKind("batch/v1", "Job", "jobs", true);
    private static final int MOST_SECONDS = 600;

    private final KubeApi api;
    private final String namespace;
    private final String application;

    /** As the tenant, in the application's namespace. */
    public JobMeasurer(KubeApi api, String namespace, String application) {
        this.api = api;
        this.namespace = namespace;
        this.application = application;
    }

    @Override
    public Optional<Sample> measure(AnalysisSpec spec, String run) throws IOException {
        ObjectRef ref = new ObjectRef(JOB, namespace, application + "-analysis-" + run);
        Optional<JsonNode> job = api.find(ref);
        if (job.isEmpty()) {
            api.create(JOB.collection(namespace), manifest(spec, ref.name()));
            return Optional.empty();
        }
        for (JsonNode condition : job.get().path("status").path("conditions")) {
            if (condition.path("status").asText().equals("True")) {
                switch (condition.path("type").asText()) {
                    case "Complete":
                        return Optional.of(new Sample(1.0, null, Instant.now()));
                    case "Failed":
                        return Optional.of(new Sample(0.0, null, Instant.now()));
                    default:
                        break;
                }
            }
        }
        return Optional.empty();
    }

    private ObjectNode manifest(AnalysisSpec spec, String name) {
        ObjectNode job = JsonNodeFactory.instance.objectNode();
        job.put("apiVersion", "batch/v1").put("kind", "Job");
        job.putObject("metadata")
                .put("name", name)
                .put("namespace", namespace)
                .putObject("labels")
                .put("app.kubernetes.io/managed-by", "shera")
                .put("shera.io/analysis", application);
        ObjectNode body = job.putObject("spec");
        body.put("backoffLimit", 0).put("activeDeadlineSeconds", MOST_SECONDS).put("ttlSecondsAfterFinished", 900);
        ObjectNode pod = body.putObject("template").putObject("spec");
        pod.put("restartPolicy", "Never")
                .put("automountServiceAccountToken", false)
                .put("enableServiceLinks", false);
        pod.putObject("securityContext").putObject("seccompProfile").put("type", "RuntimeDefault");
        ObjectNode container = pod.putArray("containers").addObject();
        container.put("name", "analysis").put("image", spec.what());
        container.putObject("securityContext").put("allowPrivilegeEscalation", false);
        if (!spec.source().isBlank()) {
            for (String word : spec.source().trim().split("\\s+")) {
                container.withArrayProperty("command").add(word);
            }
        }
        container.withArrayProperty("env").addObject().put("name", "CANARY").put("value", application + "-canary");
        container.withArrayProperty("env").addObject().put("name", "STABLE").put("value", application);
        return job;
    }
}
