package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.parts.DockerEngine;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import java.util.Map;

/** The sample of the quickstart by a Dockerfile that only a builder with containers takes. */
final class BuildWithDockerExample implements Example {
    @Override
    public String missing(DemoSite site) {
        return site.registry().part().real()
                ? DockerEngine.missing()
                : "docker pulls base images from a registry, and here is none but a folder";
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of("GIT_URL", site.repository(), "REGISTRY", "house", "BASE", site.baseImage());
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        Map<String, String> labels = Image.read(
                        site.registry().place().repository("shop-docker"), "example", Platform.ofThisMachine())
                .config()
                .labels();
        build.expect(
                "not-run".equals(labels.get("io.shera.quality.gate")) && "shop".equals(labels.get("com.example.team")),
                "The image that docker built lacks a label");
    }
}
