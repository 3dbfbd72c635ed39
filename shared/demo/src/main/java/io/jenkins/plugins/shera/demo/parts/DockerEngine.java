package io.jenkins.plugins.shera.demo.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The docker engine of this machine, which the demo uses and never starts. */
public final class DockerEngine {
    private static final int ANSWER_SECONDS = 20;

    private DockerEngine() {}

    /** Why there is none here; empty when one answers. */
    public static String missing() {
        Optional<Path> docker = Machine.find("docker");
        if (docker.isEmpty()) {
            return "no docker engine: the program docker is not installed";
        }
        try {
            Process process = new ProcessBuilder(docker.get().toString(), "version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return "";
            }
            process.destroyForcibly();
            return "no docker engine answers: start one, or name it by DOCKER_HOST";
        } catch (IOException e) {
            return "no docker engine: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while asking for docker";
        }
    }
}
