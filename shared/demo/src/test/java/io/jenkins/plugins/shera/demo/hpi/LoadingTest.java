package io.jenkins.plugins.shera.demo.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The six files together, in a process that has nothing of them on its class path. */
class LoadingTest {
    @TempDir
    Path home;

    @Test
    void findsTheExtensionsOfAllAndUsesThePlatformsOwnLibraries() throws Exception {
        Path plugins = Files.createDirectory(home.resolve("plugins"));
        for (BuiltPlugin plugin : BuiltPlugin.all()) {
            Files.copy(BuiltPlugin.FOLDER.resolve(plugin + ".hpi"), plugins.resolve(plugin + ".hpi"));
        }
        Path said = home.resolve("said.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.io=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-Djava.awt.headless=true",
                        "-cp",
                        Path.of("target/test-classes").toAbsolutePath() + File.pathSeparator
                                + Path.of("target/host-lib").toAbsolutePath() + "/*",
                        InstalledPlugins.class.getName(),
                        home.toString()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        String output = Files.readString(said);
        assertThat(process.exitValue()).as(output).isZero();
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
