package io.jenkins.plugins.shera.demo.parts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.demo.cluster.SandboxCluster;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The cluster the demo deploys to: the one {@code KUBECONFIG} names, or the sandbox. */
public final class Cluster implements AutoCloseable {
    private static final ResourceKind NAMESPACE = new ResourceKind("v1", "Namespace", "namespaces", false);
    private static final ResourceKind ROLE_BINDING =
            new ResourceKind("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", true);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Part part;
    private final String kubeconfig;
    private final String instance;
    private final SandboxCluster sandbox;

    private Cluster(Part part, String kubeconfig, String instance, SandboxCluster sandbox) {
        this.part = part;
        this.kubeconfig = kubeconfig;
        this.instance = instance;
        this.sandbox = sandbox;
    }

    /**
     * The real cluster behind this kubeconfig, if it answers now.
     *
     * @param work where the demo keeps what it makes: two demos on one cluster leave each other's namespaces alone
     */
    public static Cluster real(Path kubeconfig, Path work) throws IOException {
        String text = Files.readString(kubeconfig);
        try (ClusterClient client = ClusterClient.open(Kubeconfig.parse(text, null, true), TimeLimits.INTERACTIVE)) {
            String version = client.api().get("/version").path("gitVersion").asText();
            String instance = UUID.nameUUIDFromBytes(
                            work.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8))
                    .toString();
            return new Cluster(new Part("Kubernetes " + version, true), text, instance, null);
        }
    }

    /** The sandbox, which pulls from this registry; {@code why} tells why it is not a real one. */
    public static Cluster sandbox(ImagePlace registry, Path folder, Leftovers leftovers, String why)
            throws IOException {
        SandboxCluster sandbox =
                new SandboxCluster(registry, folder, 0, UUID.randomUUID().toString(), process -> {
                    try {
                        leftovers.remember(process);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        return new Cluster(
                new Part("pods as local processes (" + why + ")", false), sandbox.kubeconfig(), "sandbox", sandbox);
    }

    /** What it is. */
    public Part part() {
        return part;
    }

    /** How it is reached, with every right. */
    public String kubeconfig() {
        return kubeconfig;
    }

    /** Makes a namespace in which the tenant, whom the platform impersonates, may edit. */
    public void prepare(String namespace, String tenant) throws IOException {
        try (ClusterClient client = client()) {
            KubeApi api = client.api();
            api.apply(
                    new ObjectRef(NAMESPACE, "", namespace),
                    json(
                            """
                    {"apiVersion": "v1", "kind": "Namespace",
                     "metadata": {"name": "%s", "labels": {"app.kubernetes.io/managed-by": "shera-demo", "app.kubernetes.io/instance": "%s"}}}"""
                                    .formatted(namespace, instance)),
                    false);
            if (sandbox == null) {
                api.apply(
                        new ObjectRef(ROLE_BINDING, namespace, "shera-tenant"),
                        json(
                                """
                        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
                         "metadata": {"name": "shera-tenant", "namespace": "%s"},
                         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "admin"},
                         "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "shera:tenant:%s"}]}"""
                                        .formatted(namespace, tenant)),
                        false);
            }
        }
    }

    /** Removes every namespace that a demo in this folder made, those of killed runs too. */
    public void tidy() throws IOException {
        String selector = "app.kubernetes.io/managed-by=shera-demo,app.kubernetes.io/instance=" + instance;
        try (ClusterClient client = client()) {
            for (JsonNode found : client.api().list(NAMESPACE, "", selector, "")) {
                JsonNode metadata = found.path("metadata");
                client.api()
                        .delete(
                                new ObjectRef(
                                        NAMESPACE, "", metadata.path("name").asText()),
                                metadata.path("uid").asText());
            }
        }
    }

    private ClusterClient client() throws IOException {
        return ClusterClient.open(Kubeconfig.parse(kubeconfig, null, true), TimeLimits.STANDARD);
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    @Override
    public void close() throws IOException {
        if (sandbox != null) {
            sandbox.close();
        } else {
            tidy();
        }
    }
}
