package io.jenkins.plugins.shera.deploy.steps;

import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Pacing;
import io.jenkins.plugins.shera.deploy.pod.PodPart;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Fields;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a page or REST says of a deployment: the parameters of {@code deployApplication} that need no credentials of a job. */
public final class DeployForm {

    private static final int MOST = 1_000_000;

    private final String image;
    private final Integer replicas;
    private final int port;
    private final String probePath;
    private final String cpu;
    private final String memory;
    private final Map<String, String> env;
    private final List<PodPart> pod;
    private final String maxSurge;
    private final String maxUnavailable;
    private final int minReadySeconds;

    /** Reads it; the caller sees to fields that are not its. */
    public DeployForm(Fields fields) {
        image = fields.text("image");
        replicas = fields.has("replicas") && !fields.text("replicas").isEmpty() ? number(fields, "replicas") : null;
        port = number(fields, "port");
        probePath = fields.text("probePath");
        cpu = fields.text("cpu");
        memory = fields.text("memory");
        env = fields.map("env");
        pod = fields.objects("pod", DeployForm::part);
        maxSurge = fields.text("maxSurge");
        maxUnavailable = fields.text("maxUnavailable");
        minReadySeconds = number(fields, "minReadySeconds");
    }

    private static PodPart part(Fields fields) {
        return new PodPart(fields.text("type"), new HashMap<>(fields.map("with")));
    }

    /** What is no number of these is refused by who checks the parameter, by its name. */
    private static int number(Fields fields, String name) {
        OptionalLong number = fields.number(name);
        return number.isEmpty() ? 0 : (int) Math.max(-1, Math.min(MOST, number.getAsLong()));
    }

    /** Reference of the image as it is written. */
    String image() {
        return image;
    }

    /**
     * The checked description.
     *
     * @throws IllegalArgumentException naming the parameter and what to give instead
     */
    ApplicationSpec spec(String application, Environment environment, String pullSecret) {
        Map<String, String> variables = new LinkedHashMap<>(environment.valueMap());
        variables.putAll(env);
        return ApplicationSpec.of(application, ImageReference.parse(image).toString())
                .replicas(replicas)
                .port(port, probePath)
                .env(variables)
                .resources(cpu, memory)
                .pullSecret(pullSecret)
                .pod(PodSettings.of(pod))
                .pacing(new Pacing(maxSurge, maxUnavailable, minReadySeconds))
                .done();
    }
}
