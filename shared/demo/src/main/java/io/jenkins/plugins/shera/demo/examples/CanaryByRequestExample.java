package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.site.DemoSite;
import java.util.Map;

/** A canary whose requests a real nginx splits. */
final class CanaryByRequestExample extends RolloutExample {
    CanaryByRequestExample() {
        super("basket");
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of("GIT_URL", site.repository(), "REGISTRY", "house", "BASE", site.baseImage());
    }

    @Override
    public String missing(DemoSite site) {
        return site.nginx().part().real()
                ? super.missing(site)
                : "no nginx that can split requests: install the package 'nginx'";
    }
}
