package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.util.List;
import java.util.Map;

/** What the examples of rollouts have in common: applications of their own in a real cluster, and an image that can ask another pod. */
abstract class RolloutExample implements Example {
    private final List<String> applications;

    RolloutExample(String... applications) {
        this.applications = List.of(applications);
    }

    @Override
    public String missing(DemoSite site) {
        return site.cluster().part().real() ? "" : "no cluster whose pods serve: KUBECONFIG names none";
    }

    @Override
    public void prepare(DemoSite site) throws Exception {
        String tenant = "shera/tenant/" + Tenants.FIRST;
        String namespace = site.client()
                .read(tenant + "/application/shop/api/json")
                .path("environments")
                .path(0)
                .path("namespace")
                .asText();
        for (String application : applications) {
            site.client()
                    .write(
                            tenant + "/createApplication",
                            Map.of(
                                    "name",
                                    application,
                                    "environments",
                                    List.of(Map.of("name", "dev", "cluster", "local", "namespace", namespace))));
        }
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of(
                "GIT_URL",
                site.repository(),
                "REGISTRY",
                "house",
                "BASE",
                site.baseImage(),
                "CHECK_IMAGE",
                "localhost/busybox:1");
    }
}
