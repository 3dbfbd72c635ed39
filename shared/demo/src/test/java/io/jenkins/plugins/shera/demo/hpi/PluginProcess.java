package io.jenkins.plugins.shera.demo.hpi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A home with the six files in it, and a process on it that has nothing of them on its class path. */
final class PluginProcess {
    private PluginProcess() {}

    /** Runs the class to its end, which has to be a good one, and gives what it said; its first argument is the home. */
    static String run(Path home, Class<?> main, String... further) throws IOException, InterruptedException {
        Path plugins = Files.createDirectory(home.resolve("plugins"));
        for (BuiltPlugin plugin : BuiltPlugin.all()) {
            Files.copy(BuiltPlugin.FOLDER.resolve(plugin + ".hpi"), plugins.resolve(plugin + ".hpi"));
        }
        Path said = home.resolve("said.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                Path.of("target/test-classes").toAbsolutePath() + File.pathSeparator
                        + Path.of("target/host-lib").toAbsolutePath() + "/*",
                main.getName(),
                home.toString()));
        command.addAll(List.of(further));
        Process process = new ProcessBuilder(command)
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
        return output;
    }
}
