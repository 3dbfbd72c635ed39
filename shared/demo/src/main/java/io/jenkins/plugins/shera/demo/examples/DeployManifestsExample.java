package io.jenkins.plugins.shera.demo.examples;

import io.jenkins.plugins.shera.demo.site.DemoSite;
import java.util.Map;

/** Objects that were written elsewhere. */
final class DeployManifestsExample extends RolloutExample {
    DeployManifestsExample() {
        super("brought");
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of("CHECK_IMAGE", "localhost/busybox:1");
    }
}
