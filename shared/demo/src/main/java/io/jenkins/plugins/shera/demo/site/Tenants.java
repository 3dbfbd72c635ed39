package io.jenkins.plugins.shera.demo.site;

import io.jenkins.plugins.shera.demo.parts.Cluster;
import io.jenkins.plugins.shera.demo.parts.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Two tenants, one of them with an application, on one registry and one cluster. */
public final class Tenants {
    /** The tenant whose folder has the examples. */
    public static final String FIRST = "retail";
    /** A tenant that owns nothing of the first one's. */
    public static final String SECOND = "bank";

    /** A new one each time: a namespace that is being removed takes nothing in. */
    private final String run = UUID.randomUUID().toString().substring(0, 6);

    /** Where the first tenant's application runs. */
    String namespace(String tenant) {
        return "shera-demo-" + tenant + "-" + run;
    }

    /** A second one of the first tenant, for examples that go on from dev to live. */
    String liveNamespace() {
        return "shera-demo-" + FIRST + "-live-" + run;
    }

    /** Over REST, as an administrator would. */
    void create(JenkinsClient client, Registry registry, Cluster cluster) throws IOException, InterruptedException {
        client.write(
                "shera/platform/createRegistry",
                Map.of(
                        "id",
                        "house",
                        "address",
                        registry.address(),
                        "pullAddress",
                        registry.pullAddress(),
                        "insecure",
                        true));
        client.write(
                "shera/platform/createCluster",
                Map.of(
                        "id",
                        "local",
                        "server",
                        Kubeconfigs.server(cluster.kubeconfig()),
                        "credentialsId",
                        "cluster-admin",
                        "impersonation",
                        true,
                        "insecure",
                        !cluster.part().real()));
        for (String tenant : List.of(FIRST, SECOND)) {
            String namespace = namespace(tenant);
            cluster.prepare(namespace, tenant);
            List<Map<String, String>> namespaces = new ArrayList<>();
            namespaces.add(Map.of("cluster", "local", "namespace", namespace));
            if (tenant.equals(FIRST)) {
                cluster.prepare(liveNamespace(), tenant);
                namespaces.add(Map.of("cluster", "local", "namespace", liveNamespace()));
            }
            client.write(
                    "shera/createTenant",
                    Map.of(
                            "id",
                            tenant,
                            "displayName",
                            tenant.equals(FIRST) ? "Retail" : "Bank",
                            "displayNameZh",
                            tenant.equals(FIRST) ? "\u96f6\u552e" : "\u94f6\u884c",
                            "folder",
                            tenant,
                            "clusters",
                            List.of("local"),
                            "registries",
                            List.of("house"),
                            "namespaces",
                            namespaces));
        }
        client.write(
                "shera/tenant/" + FIRST + "/createApplication",
                Map.of(
                        "name",
                        "shop",
                        "displayName",
                        "Shop",
                        "description",
                        "The sample application",
                        "environments",
                        List.of(Map.of("name", "dev", "cluster", "local", "namespace", namespace(FIRST)))));
    }

    /** What the stand-in finds in itself when it starts; the rest is done over REST. */
    Path files(Path setup, Cluster cluster) throws IOException {
        Files.createDirectories(setup.resolve("jobs").resolve(SECOND));
        Files.createDirectories(setup.resolve("jobs").resolve(FIRST));
        Files.writeString(setup.resolve("kubeconfig"), cluster.kubeconfig());
        return setup;
    }
}
