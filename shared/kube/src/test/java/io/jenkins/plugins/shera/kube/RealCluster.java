package io.jenkins.plugins.shera.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** The cluster that KUBECONFIG names, with a namespace that lives as long as one test. */
public final class RealCluster implements AutoCloseable {

    private final ClusterAccess access;
    private final ClusterClient client;
    private final String namespace =
            "shera-test-" + UUID.randomUUID().toString().substring(0, 8);

    private RealCluster(ClusterAccess access) throws Exception {
        this.access = access;
        this.client = ClusterClient.open(access, TimeLimits.STANDARD);
        applier()
                .apply(Manifests.read(
                        "{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}", "namespace"));
    }

    /** Opens it, or skips the test with a reason; fails instead where real parts are required. */
    public static RealCluster open() throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file));
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("KUBECONFIG names a cluster").isTrue();
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        return new RealCluster(Kubeconfig.parse(Files.readString(Path.of(file)), null, false));
    }

    public ClusterAccess access() {
        return access;
    }

    public KubeApi api() {
        return client.api();
    }

    public String namespace() {
        return namespace;
    }

    public Applier applier() {
        return new Applier(client.api(), new Kinds(client.api()));
    }

    /** Manifests of this text, placed in the namespace of the test. */
    public List<Manifest> manifests(String yaml) throws Exception {
        return Manifests.read(yaml, "test").stream()
                .map(manifest -> manifest.in(namespace))
                .toList();
    }

    public static ObjectNode json(String text) throws Exception {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }

    @Override
    public void close() throws KubeException {
        ObjectRef ref = new ObjectRef(new Kinds(api()).find("v1", "Namespace"), "", namespace);
        api().delete(ref, api().get(ref.path()).path("metadata").path("uid").asText());
        client.close();
    }
}
