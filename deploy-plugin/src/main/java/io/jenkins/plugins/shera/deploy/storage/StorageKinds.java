package io.jenkins.plugins.shera.deploy.storage;

import io.jenkins.plugins.shera.kube.api.ResourceKind;

/** The kinds that volumes are made of. */
public final class StorageKinds {

    /** What an application asks for. */
    public static final ResourceKind CLAIM =
            new ResourceKind("v1", "PersistentVolumeClaim", "persistentvolumeclaims", true);

    /** Where volumes come from. */
    public static final ResourceKind CLASS =
            new ResourceKind("storage.k8s.io/v1", "StorageClass", "storageclasses", false);

    /** A volume as it was at one moment. */
    public static final ResourceKind SNAPSHOT =
            new ResourceKind("snapshot.storage.k8s.io/v1", "VolumeSnapshot", "volumesnapshots", true);

    /** Where snapshots come from. */
    public static final ResourceKind SNAPSHOT_CLASS =
            new ResourceKind("snapshot.storage.k8s.io/v1", "VolumeSnapshotClass", "volumesnapshotclasses", false);

    /** What runs with a volume that stays. */
    static final ResourceKind STATEFUL_SET = new ResourceKind("apps/v1", "StatefulSet", "statefulsets", true);

    private StorageKinds() {}
}
