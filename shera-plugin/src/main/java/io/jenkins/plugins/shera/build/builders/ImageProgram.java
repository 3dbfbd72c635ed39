package io.jenkins.plugins.shera.build.builders;

import java.util.List;
import java.util.Map;

/** How one program is told to build an image and to give it away: by argument vectors that hold no secret. */
public interface ImageProgram {
    /** Its kind. */
    BuilderKind kind();

    /** A command that ends with 0 where the program can be used. */
    List<String> probe();

    /** What is set in its environment: values of build arguments, and where its logins stand. */
    Map<String, String> environment(ProgramOrder order);

    /** Builds the image under the order's local name. */
    List<String> build(ProgramOrder order);

    /** Writes the image as docker's archive into the order's folder. */
    List<String> export(ProgramOrder order);

    /** Takes the local name away, so that only the program's own cache keeps anything. */
    List<String> forget(ProgramOrder order);

    /** The program of a kind that is one. */
    static ImageProgram of(BuilderKind kind) {
        return switch (kind) {
            case DOCKER -> new DockerProgram();
            case BUILDAH -> new BuildahProgram();
            case DAEMONLESS -> throw new IllegalArgumentException("the daemonless builder is no program");
        };
    }
}
