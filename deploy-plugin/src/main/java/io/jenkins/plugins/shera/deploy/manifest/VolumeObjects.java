package io.jenkins.plugins.shera.deploy.manifest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.manifest.Manifest;

/** Makes PersistentVolumeClaims of an application, and mounts them. The claims are no part of its manifests: a deployment only adds to them. */
public final class VolumeObjects {

    /** Label and annotation: which volume of its application a claim is. */
    public static final String VOLUME = "shera.io/volume";

    private VolumeObjects() {}

    /** The claim of a volume of this application; the class must be named. */
    public static Manifest claim(
            ApplicationSpec spec, VolumeSpec volume, String storageClass, Origin origin, String namespace) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", volume.claim(spec.name())).put("namespace", namespace);
        metadata.putObject("labels").put("app.kubernetes.io/name", spec.name()).put(VOLUME, volume.name());
        origin.stamp(metadata);
        ObjectNode claim = object.putObject("spec");
        claim.putArray("accessModes").add(volume.accessMode());
        if (!storageClass.isEmpty()) {
            claim.put("storageClassName", storageClass);
        }
        claim.putObject("resources").putObject("requests").put("storage", volume.size());
        return new Manifest("volume " + volume.name() + " of " + spec.name(), object);
    }

    /** Puts them into a pod and its only container. */
    static void mount(ApplicationSpec spec, ObjectNode pod, ObjectNode container) {
        for (VolumeSpec volume : spec.volumes()) {
            ObjectNode source = pod.withArrayProperty("volumes").addObject().put("name", volume.name());
            ObjectNode claim = source.putObject("persistentVolumeClaim").put("claimName", volume.claim(spec.name()));
            ObjectNode mount = container
                    .withArrayProperty("volumeMounts")
                    .addObject()
                    .put("name", volume.name())
                    .put("mountPath", volume.mountPath());
            if (!volume.subPath().isEmpty()) {
                mount.put("subPath", volume.subPath());
            }
            if (volume.readOnly()) {
                claim.put("readOnly", true);
                mount.put("readOnly", true);
            }
            if (volume.group() > 0) {
                pod.withObjectProperty("securityContext")
                        .put("fsGroup", volume.group())
                        .put("fsGroupChangePolicy", "OnRootMismatch");
            }
        }
    }
}
