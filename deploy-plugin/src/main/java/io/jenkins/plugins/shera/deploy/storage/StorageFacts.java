package io.jenkins.plugins.shera.deploy.storage;

import java.util.List;

/**
 * All storage of an application in one environment.
 *
 * @param classes StorageClasses the tenant may use, empty when it may not look at them
 * @param snapshots newest first
 * @param canSnapshot whether the cluster has a VolumeSnapshotClass
 */
public record StorageFacts(
        List<ClaimFacts> claims, List<SnapshotFacts> snapshots, List<StorageClassFacts> classes, boolean canSnapshot) {}
