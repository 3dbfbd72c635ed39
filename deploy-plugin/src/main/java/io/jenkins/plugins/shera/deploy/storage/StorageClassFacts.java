package io.jenkins.plugins.shera.deploy.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A StorageClass as people choose it.
 *
 * @param label what it is, such as {@code Ceph RBD}, or its provisioner where we do not know it
 * @param modes access modes its driver serves with a file system on it; empty where we do not know it
 * @param expands whether its volumes can grow
 * @param isDefault whether claims that name none get it
 */
public record StorageClassFacts(
        String name, String provisioner, String label, List<String> modes, boolean expands, boolean isDefault) {

    private static final String ONCE = "ReadWriteOnce";
    private static final String POD = "ReadWriteOncePod";
    private static final String MANY = "ReadWriteMany";
    private static final String READ = "ReadOnlyMany";
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

    /** By the end of the driver's name: Rook puts its namespace in front. Modes from the drivers' own documentation. */
    private static final Map<String, Driver> DRIVERS = Map.of(
            "rbd.csi.ceph.com", new Driver("Ceph RBD", List.of(ONCE, POD, READ)),
            "cephfs.csi.ceph.com", new Driver("CephFS", List.of(ONCE, POD, MANY, READ)),
            "nfs.csi.k8s.io", new Driver("NFS", List.of(ONCE, POD, MANY, READ)),
            "hostpath.csi.k8s.io", new Driver("Folder of a node", List.of(ONCE, POD)),
            "rancher.io/local-path", new Driver("Folder of a node", List.of(ONCE, POD)));

    private record Driver(String label, List<String> modes) {}

    static StorageClassFacts of(JsonNode live) {
        String provisioner = live.path("provisioner").asText();
        Driver driver = DRIVERS.entrySet().stream()
                .filter(each -> provisioner.equals(each.getKey()) || provisioner.endsWith("." + each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new Driver(provisioner, List.of()));
        return new StorageClassFacts(
                live.path("metadata").path("name").asText(),
                provisioner,
                driver.label(),
                driver.modes(),
                live.path("allowVolumeExpansion").asBoolean(),
                live.path("metadata").path("annotations").path(DEFAULT).asText().equals("true"));
    }

    /** All of a cluster; empty when the tenant may not look at them. */
    public static Optional<List<StorageClassFacts>> all(KubeApi api) throws KubeException {
        try {
            return Optional.of(api.list(StorageKinds.CLASS, "", "", "").stream()
                    .map(StorageClassFacts::of)
                    .toList());
        } catch (KubeException e) {
            if (e.kind() == Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether this mode is worth trying: what we do not know may be served. */
    boolean mayServe(String mode) {
        return modes.isEmpty() || Set.copyOf(modes).contains(mode);
    }
}
