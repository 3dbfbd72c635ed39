package io.jenkins.plugins.shera.deploy.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the Deployment and the Service of an application. The same input gives the same manifests, byte for byte.
 *
 * <p>Stable pods carry {@code shera.io/track: stable}; a canary beside them will carry another track, so that the selectors
 * need not change when it comes.
 */
public final class ApplicationManifests {

    private static final String NAME = "app.kubernetes.io/name";
    private static final String TRACK = "shera.io/track";
    /** Without a probe, a program that ends at once must not count as running. */
    private static final int SECONDS_WITHOUT_PROBE = 3;

    private final ApplicationSpec spec;
    private final Origin origin;
    private final String namespace;
    private final int deadlineSeconds;
    private final ConfigObjects config;

    private ApplicationManifests(
            ApplicationSpec spec, Confidential confidential, Origin origin, String namespace, int deadlineSeconds) {
        this.spec = spec;
        this.origin = origin;
        this.namespace = namespace;
        this.deadlineSeconds = deadlineSeconds;
        this.config = new ConfigObjects(spec, confidential);
    }

    /** The Deployment and, if there is a port, the Service of the same name; before them what its configuration needs. */
    public static List<Manifest> of(
            ApplicationSpec spec, Confidential confidential, Origin origin, String namespace, int deadlineSeconds) {
        ApplicationManifests maker = new ApplicationManifests(spec, confidential, origin, namespace, deadlineSeconds);
        List<Manifest> manifests = new ArrayList<>();
        for (ObjectNode object : maker.config.objects()) {
            ObjectNode metadata = object.withObjectProperty("metadata");
            metadata.put("namespace", namespace);
            origin.stamp(metadata);
            manifests.add(new Manifest("configuration of " + spec.name(), object));
        }
        if (spec.port() > 0) {
            manifests.add(maker.service());
        }
        manifests.add(maker.deployment());
        return manifests;
    }

    /** A manifest that people brought, with our marks on the object itself. */
    public static Manifest marked(Manifest manifest, Origin origin) {
        ObjectNode copy = manifest.content().deepCopy();
        origin.stamp(copy.withObjectProperty("metadata"));
        return new Manifest(manifest.where(), copy);
    }

    private Manifest deployment() {
        ObjectNode object = object("apps/v1", "Deployment");
        ObjectNode deployment = object.putObject("spec");
        if (spec.replicas() != null) {
            deployment.put("replicas", spec.replicas());
        }
        deployment.put("progressDeadlineSeconds", deadlineSeconds);
        deployment.put("revisionHistoryLimit", 10);
        int minReady = spec.pacing().minReadySeconds();
        if (minReady > 0) {
            deployment.put("minReadySeconds", minReady);
        } else if (spec.port() == 0 && !spec.pod().hasProbe("readiness")) {
            deployment.put("minReadySeconds", SECONDS_WITHOUT_PROBE);
        }
        ObjectNode strategy = deployment.putObject("strategy");
        if (spec.isExclusive()) {
            strategy.put("type", "Recreate");
        } else {
            spec.pacing().into(strategy.put("type", "RollingUpdate").putObject("rollingUpdate"));
        }
        select(deployment.putObject("selector").putObject("matchLabels"));
        ObjectNode template = deployment.putObject("template");
        ObjectNode labels = template.putObject("metadata").putObject("labels");
        select(labels);
        labels.put("app.kubernetes.io/managed-by", "shera").put("app.kubernetes.io/part-of", origin.tenant());
        ObjectNode pod = template.putObject("spec");
        pod.put("automountServiceAccountToken", false).put("enableServiceLinks", false);
        pod.putObject("securityContext").putObject("seccompProfile").put("type", "RuntimeDefault");
        ObjectNode container = pod.putArray("containers").addObject();
        container(container);
        config.mount(pod, container);
        Bindings.mount(spec, container);
        VolumeObjects.mount(spec, pod, container);
        spec.pod().onto(template, spec.name());
        return new Manifest("application " + spec.name(), object);
    }

    private void container(ObjectNode container) {
        container.put("name", spec.name()).put("image", spec.image());
        spec.env().forEach((name, value) -> container
                .withArrayProperty("env")
                .addObject()
                .put("name", name)
                .put("value", value));
        container.putObject("securityContext").put("allowPrivilegeEscalation", false);
        resources(container);
        if (spec.port() > 0) {
            ArrayNode ports = container.putArray("ports");
            ports.addObject().put("name", NamedPorts.MAIN).put("containerPort", spec.port());
            NamedPorts.ofContainer(spec.ports(), ports);
        }
        if (spec.port() > 0 && !spec.pod().hasProbe("readiness")) {
            ObjectNode probe = container.putObject("readinessProbe");
            probe.put("periodSeconds", 2).put("timeoutSeconds", 2);
            if (spec.probePath().isEmpty()) {
                probe.putObject("tcpSocket").put("port", "main");
            } else {
                probe.putObject("httpGet").put("path", spec.probePath()).put("port", "main");
            }
        }
    }

    private void resources(ObjectNode container) {
        if (!spec.cpu().isEmpty()) {
            container.withObject("/resources/requests").put("cpu", spec.cpu());
        }
        if (!spec.memory().isEmpty()) {
            container.withObject("/resources/requests").put("memory", spec.memory());
            container.withObject("/resources/limits").put("memory", spec.memory());
        }
    }

    private Manifest service() {
        ObjectNode object = object("v1", "Service");
        ObjectNode service = object.putObject("spec");
        select(service.putObject("selector"));
        ArrayNode ports = service.putArray("ports");
        ports.addObject()
                .put("name", NamedPorts.MAIN)
                .put("port", spec.port())
                .put("protocol", "TCP")
                .put("targetPort", NamedPorts.MAIN);
        NamedPorts.ofService(spec.ports(), ports);
        return new Manifest("application " + spec.name(), object);
    }

    private ObjectNode object(String apiVersion, String kind) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", spec.name()).put("namespace", namespace);
        metadata.putObject("labels").put(NAME, spec.name());
        origin.stamp(metadata);
        return object;
    }

    private void select(ObjectNode labels) {
        labels.put(NAME, spec.name()).put(TRACK, "stable");
    }
}
