package io.jenkins.plugins.shera.demo.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The six files together, in a process that has nothing of them on its class path. */
class LoadingTest {
    @TempDir
    Path home;

    @Test
    void findsTheExtensionsOfAllAndUsesThePlatformsOwnLibraries() throws Exception {
        String output = PluginProcess.run(home, InstalledPlugins.class);

        assertThat(output.lines())
                .contains(
                        "found plugin shera-platform",
                        "found plugin shera",
                        "found plugin shera-deploy",
                        "found plugin shera-nginx",
                        "found plugin shera-monitoring",
                        "found plugin shera-terminal",
                        "found step buildImage of shera",
                        "found step deployApplication of shera-deploy",
                        "found step publishRoute of shera-nginx",
                        "found configuration io.jenkins.plugins.shera.platform.config.SheraConfiguration",
                        "found configuration io.jenkins.plugins.shera.nginx.config.NginxConfiguration")
                .anyMatch(line -> line.matches(
                        "found jackson file:.*/plugins/shera-platform/WEB-INF/lib/jackson-databind-.*\\.jar"))
                .noneMatch(line -> line.startsWith("SEVERE"));
    }
}
