package io.jenkins.plugins.shera.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.kube.manifest.Manifests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** The cluster that KUBECONFIG names, with a namespace that lives as long as one test. */
public final class TestCluster implements AutoCloseable {

    private final String kubeconfig;
    private final ClusterClient client;
    private final String namespace =
            "shera-deploy-" + UUID.randomUUID().toString().substring(0, 8);

    private TestCluster(String kubeconfig) throws Exception {
        this.kubeconfig = kubeconfig;
        this.client = ClusterClient.open(Kubeconfig.parse(kubeconfig, null, false), TimeLimits.STANDARD);
        new Applier(client.api(), new Kinds(client.api()))
                .apply(Manifests.read(
                        "{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}", "namespace"));
    }

    /** Opens it, or skips the test with a reason; fails instead where real parts are required. */
    public static TestCluster open() throws Exception {
        String file = System.getenv("KUBECONFIG");
        boolean there = file != null && Files.isReadable(Path.of(file));
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("KUBECONFIG names a cluster").isTrue();
        }
        Assumptions.assumeTrue(there, "no cluster: KUBECONFIG names no readable file");
        return new TestCluster(Files.readString(Path.of(file)));
    }

    /** The text of the kubeconfig. */
    public String kubeconfig() {
        return kubeconfig;
    }

    public KubeApi api() {
        return client.api();
    }

    public String namespace() {
        return namespace;
    }

    @Override
    public void close() throws Exception {
        ObjectRef ref = new ObjectRef(new Kinds(api()).find("v1", "Namespace"), "", namespace);
        api().delete(ref, api().get(ref.path()).path("metadata").path("uid").asText());
        client.close();
    }
}
