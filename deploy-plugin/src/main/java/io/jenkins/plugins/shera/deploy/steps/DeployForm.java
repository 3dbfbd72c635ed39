package io.jenkins.plugins.shera.deploy.steps;

import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Pacing;
import io.jenkins.plugins.shera.deploy.manifest.VolumeSpec;
import io.jenkins.plugins.shera.deploy.pod.PodPart;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a page or REST says of a deployment: the parameters of {@code deployApplication}, and what is kept as it is. */
public final class DeployForm {

    private static final int MOST = 1_000_000;
    private static final int LARGEST_FILES = 900 << 10;
    private static final int LONGEST_NAMES = 64 << 10;

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
    private final Map<String, String> configFiles;
    private final Map<String, String> secrets;
    private final Map<String, String> secretFiles;
    private final List<String> keepSecrets;
    private final List<VolumeSpec> volumes;
    private final Map<String, String> bind;
    private final Map<String, String> ports;
    private final String apm;
    private final int timeout;
    private final String was;
    private final boolean saysMore;
    private final Additions additions;

    /** Reads it; the caller sees to fields that are not its. */
    public DeployForm(Fields fields) {
        image = fields.text("image");
        placed(fields.where("image"), () -> ImageReference.parse(image));
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
        saysMore = Stream.of("configFiles", "secrets", "secretFiles", "keepSecrets", "volumes", "bind")
                .anyMatch(fields::has);
        configFiles = fields.contents("configFiles", LARGEST_FILES);
        secrets = fields.map("secrets");
        secretFiles = fields.contents("secretFiles", LONGEST_NAMES);
        keepSecrets = fields.texts("keepSecrets");
        volumes = fields.objects("volumes", DeployForm::volume);
        bind = fields.map("bind");
        ports = fields.map("ports");
        apm = fields.text("apm");
        timeout = fields.has("timeout") && !fields.text("timeout").isEmpty()
                ? number(fields, "timeout")
                : DeployApplicationStep.DescriptorImpl.DEFAULT_TIMEOUT;
        was = fields.text("was");
        additions = Additions.of(fields);
    }

    /** Each is checked where it stands, so that a no names its place. */
    private static PodPart part(Fields fields) {
        PodPart part = new PodPart(fields.text("type"), new HashMap<>(fields.map("with")));
        return placed(fields.where("").replaceAll("\\.$", ""), () -> {
            PodSettings.of(List.of(part));
            return part;
        });
    }

    private static VolumeSpec volume(Fields fields) {
        VolumeSpec.Draft draft = VolumeSpec.of(fields.text("name"), fields.text("mountPath"))
                .claimed(fields.text("size"), fields.text("storageClass"))
                .claim(fields.text("claim"))
                .accessMode(fields.text("accessMode"))
                .mounted(fields.text("subPath"), fields.flag("readOnly"))
                .kept(fields.choice("keep").orElse(true), number(fields, "group"));
        return placed(fields.where("").replaceAll("\\.$", ""), draft::done);
    }

    private interface Check<V> {
        V done();
    }

    private static <V> V placed(String where, Check<V> check) {
        try {
            return check.done();
        } catch (IllegalArgumentException e) {
            throw Refusal.input(where, String.valueOf(e.getMessage()), "");
        }
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

    /** Whether it names credentials, which not everybody may use. */
    public boolean usesCredentials() {
        return !secrets.isEmpty() || !secretFiles.isEmpty();
    }

    /** Ids of credentials by the variable they become. */
    Map<String, String> secrets() {
        return secrets;
    }

    /** Ids of credentials by the path of the file they become. */
    Map<String, String> secretFiles() {
        return secretFiles;
    }

    /** Variables and paths of files that are to be as they are. */
    List<String> keepSecrets() {
        return keepSecrets;
    }

    /** Whether it says anything, and be it nothing, of files, secrets, volumes or middleware. */
    boolean saysMore() {
        return saysMore;
    }

    /** How the switch of APM is to be, or empty. */
    String apm() {
        return apm;
    }

    /** Seconds until all pods must serve. */
    public int timeout() {
        return DeployPermit.timeout(timeout);
    }

    /** What goes out with it of other plugins. */
    public Additions additions() {
        return additions;
    }

    /** Name of the pod template that the order was made from, or empty. */
    String was() {
        return was;
    }

    /**
     * The checked description.
     *
     * @throws IllegalArgumentException naming the parameter and what to give instead
     */
    ApplicationSpec spec(String application, Environment environment, String pullSecret, FormSecrets confidential) {
        Map<String, String> variables = new LinkedHashMap<>(environment.valueMap());
        variables.putAll(confidential.plain());
        variables.putAll(env);
        return ApplicationSpec.of(application, ImageReference.parse(image).toString())
                .replicas(replicas)
                .port(port, probePath)
                .ports(ports)
                .env(variables)
                .resources(cpu, memory)
                .config(configFiles, confidential.variables(), confidential.files())
                .pullSecret(pullSecret)
                .volumes(volumes)
                .bind(bind)
                .pod(PodSettings.of(pod))
                .pacing(new Pacing(maxSurge, maxUnavailable, minReadySeconds))
                .done();
    }
}
