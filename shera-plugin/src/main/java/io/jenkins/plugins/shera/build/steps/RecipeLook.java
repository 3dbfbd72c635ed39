package io.jenkins.plugins.shera.build.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.build.dockerfile.Dockerfile;
import io.jenkins.plugins.shera.build.dockerfile.DockerfileException;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.MasterToSlaveFileCallable;

/** Looks on the agent at what is to be built: checks the paths, and whether the Dockerfile needs a builder with containers. */
final class RecipeLook extends MasterToSlaveFileCallable<RecipeLook.Found> {
    private static final long serialVersionUID = 1L;
    private static final long LARGEST_DOCKERFILE = 1024 * 1024;

    private final BuildOrder order;

    RecipeLook(BuildOrder order) {
        this.order = order;
    }

    @Override
    public Found invoke(File workspace, VirtualChannel channel) throws IOException {
        Path root = workspace.toPath().toRealPath();
        Path file = inside(root, "dockerfile", order.dockerfile);
        Path context = inside(root, "context", order.context);
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_DOCKERFILE) {
            throw new IOException("dockerfile is " + Quoted.of(order.dockerfile) + ", which is no file of at most "
                    + LARGEST_DOCKERFILE + " bytes: check the path.");
        }
        if (!Files.isDirectory(context)) {
            throw new IOException("context is " + Quoted.of(order.context) + ", which is no folder: check the path.");
        }
        Path ignore = Path.of(file + ".dockerignore");
        return new Found(
                file.toString(),
                context.toString(),
                Files.isRegularFile(ignore) ? ignore.toString() : null,
                refusal(file));
    }

    /** A fault that no builder takes is left for the build to tell. */
    private static String refusal(Path file) throws IOException {
        try {
            Dockerfile.parse(Files.readString(file, StandardCharsets.UTF_8));
            return "";
        } catch (DockerfileException e) {
            return e.isTakenByOthers() ? e.getMessage() : "";
        }
    }

    private static Path inside(Path root, String parameter, String path) throws IOException {
        Path resolved = root.resolve(path).normalize();
        if (!Files.exists(resolved)) {
            throw new IOException(
                    parameter + " is " + Quoted.of(path) + ", which is not in the workspace: check the path.");
        }
        Path real = resolved.toRealPath();
        if (!real.startsWith(root)) {
            throw new IOException(
                    parameter + " is " + Quoted.of(path) + ", which leads out of the workspace: use a path in it.");
        }
        return real;
    }

    /** Absolute paths on the agent, checked; {@code refusal} is empty when the daemonless builder can build it. */
    static final class Found implements Serializable {
        private static final long serialVersionUID = 1L;

        final String file;
        final String context;
        /** Null when the Dockerfile has none of its own. */
        final String ignoreFile;

        final String refusal;

        Found(String file, String context, String ignoreFile, String refusal) {
            this.file = file;
            this.context = context;
            this.ignoreFile = ignoreFile;
            this.refusal = refusal;
        }
    }
}
