package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.site.DemoSite;
import java.util.Map;

/** The sample of the quickstart, by the one step that does it all. */
final class BuildMavenExample implements Example {
    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of("GIT_URL", site.repository(), "REGISTRY", "house", "BASE", site.baseImage());
    }
}
