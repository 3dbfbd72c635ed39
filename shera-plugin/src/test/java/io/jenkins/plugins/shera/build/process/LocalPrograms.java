package io.jenkins.plugins.shera.build.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts programs on this machine, in one folder. */
public final class LocalPrograms implements Programs {
    private final Path folder;

    public LocalPrograms(Path folder) {
        this.folder = folder;
    }

    @Override
    public Outcome run(List<String> command, Map<String, String> environment, boolean shown)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
