package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.site.DemoSite;
import java.util.Map;

/** The sample of the quickstart, checked out by the git plugin's step, which the harness plays. */
final class WithGitPluginExample implements Example {
    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of("GIT_URL", site.repository(), "REGISTRY", "house", "BASE", site.baseImage());
    }
}
