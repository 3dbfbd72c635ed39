package io.jenkins.plugins.shera.deploy.middleware;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.manifest.Bindings;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the objects of one instance. The same input gives the same manifests. */
final class MiddlewareObjects {

    /** Label: which instance an object is of. */
    static final String OF = "shera.io/middleware";
    /** Annotation of the StatefulSet: what it was made of. */
    static final String TEMPLATE = "shera.io/template";
    /** Annotation of the StatefulSet: the version that runs. */
    static final String VERSION = "shera.io/version";
    /** Annotation of the Secret and of pods: which making of the credentials; none for the first. */
    static final String CREDENTIALS = "shera.io/credentials";
    /** User and group of every container; none of a node's own. */
    static final int USER = 10001;

    private static final int SECONDS_TO_START = 600;

    private final MiddlewareSpec spec;
    private final Origin origin;
    private final String namespace;

    MiddlewareObjects(MiddlewareSpec spec, Origin origin, String namespace) {
        this.spec = spec;
        this.origin = origin;
        this.namespace = namespace;
    }

    /** All but the claim, with the image of this version. */
    List<Manifest> of(String version, Manifest secret) {
        List<Manifest> manifests = new ArrayList<>();
        manifests.add(secret);
        manifests.add(scripts());
        manifests.add(service(nodes(spec.name()), true));
        manifests.add(service(spec.name(), false));
        manifests.add(statefulSet(version));
        return manifests;
    }

    /** The Secret with this login; {@code making} is empty for the first one. */
    static Manifest secret(String name, Origin origin, String namespace, Map<String, String> data, String making) {
        ObjectNode object = object("v1", "Secret", credentials(name), name, origin, namespace);
        if (!making.isEmpty()) {
            object.withObject("/metadata/annotations").put(CREDENTIALS, making);
        }
        object.put("type", "Opaque");
        ObjectNode content = object.putObject("data");
        data.forEach(content::put);
        return new Manifest("middleware " + name, object);
    }

    private Manifest scripts() {
        ObjectNode object = object("v1", "ConfigMap", spec.name() + "-scripts");
        ObjectNode data = object.putObject("data");
        Scripts.of(spec.template()).forEach(data::put);
        return manifest(object);
    }

    private Manifest service(String name, boolean headless) {
        ObjectNode object = object("v1", "Service", name);
        ObjectNode service = object.putObject("spec");
        if (headless) {
            service.put("clusterIP", "None").put("publishNotReadyAddresses", true);
        }
        service.putObject("selector").put(OF, spec.name());
        service.putArray("ports")
                .addObject()
                .put("name", "main")
                .put("port", spec.template().port())
                .put("protocol", "TCP")
                .put("targetPort", "main");
        return manifest(object);
    }

    private Manifest statefulSet(String version) {
        ObjectNode object = object("apps/v1", "StatefulSet", spec.name());
        object.withObject("/metadata/annotations")
                .put(TEMPLATE, spec.template().id())
                .put(VERSION, version);
        spec.parameters().forEach((name, value) -> object.withObject("/metadata/annotations")
                .put(MiddlewareReader.annotation(name), value));
        ObjectNode set = object.putObject("spec");
        set.put("replicas", 1).put("serviceName", nodes(spec.name())).put("revisionHistoryLimit", 3);
        set.putObject("updateStrategy").put("type", "RollingUpdate");
        set.putObject("selector").putObject("matchLabels").put(OF, spec.name());
        ObjectNode template = set.putObject("template");
        ObjectNode metadata = template.putObject("metadata");
        metadata.putObject("labels")
                .put(OF, spec.name())
                .put("app.kubernetes.io/component", spec.template().id())
                .put("app.kubernetes.io/instance", spec.name())
                .put("app.kubernetes.io/managed-by", "shera")
                .put("app.kubernetes.io/part-of", origin.tenant());
        metadata.putObject("annotations").put("shera.io/scripts", Scripts.digest(spec.template()));
        new MiddlewarePod(spec, spec.images().get(version)).into(template.putObject("spec"), SECONDS_TO_START);
        return manifest(object);
    }

    private Manifest manifest(ObjectNode object) {
        return new Manifest("middleware " + spec.name(), object);
    }

    private ObjectNode object(String apiVersion, String kind, String name) {
        return object(apiVersion, kind, name, spec.name(), origin, namespace);
    }

    private static ObjectNode object(
            String apiVersion, String kind, String name, String instance, Origin origin, String namespace) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name).put("namespace", namespace);
        metadata.putObject("labels").put(OF, instance).put("app.kubernetes.io/instance", instance);
        origin.stamp(metadata);
        return object;
    }

    /** Name of the Secret of this instance. */
    static String credentials(String instance) {
        return Bindings.secret(instance);
    }

    /** Name of the headless Service of this instance. */
    static String nodes(String instance) {
        return instance + "-nodes";
    }

    /** Where others in the cluster reach it. */
    static String host(String instance, String namespace) {
        return instance + "." + namespace + ".svc";
    }
}
