package io.jenkins.plugins.shera.build.dockerfile;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A Dockerfile: ARGs before the first FROM, and stages. Described at docs.docker.com/reference/dockerfile. */
public final class Dockerfile {
    private final List<Instruction> arguments;
    private final List<Stage> stages;

    private Dockerfile(List<Instruction> arguments, List<Stage> stages) {
        this.arguments = List.copyOf(arguments);
        this.stages = List.copyOf(stages);
    }

    /** Reads and checks a whole file; the first fault found is thrown. */
    public static Dockerfile parse(String text) throws DockerfileException {
        return read(new Lexer(text).instructions());
    }

    /** What stages build on, of a file that may hold what only other builders take: no stage has instructions. */
    public static Dockerfile outline(String text) throws DockerfileException {
        return read(new Lexer(text).outline());
    }

    private static Dockerfile read(List<Instruction> instructions) throws DockerfileException {
        List<Instruction> before = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        List<Instruction> current = before;
        for (Instruction instruction : instructions) {
            if (instruction.keyword() == Keyword.FROM) {
                current = new ArrayList<>();
                stages.add(stage(instruction, current));
            } else if (current == before && instruction.keyword() != Keyword.ARG) {
                throw instruction.failure("only ARG may stand before the first FROM.");
            } else {
                refuseWhatNeedsAContainer(instruction);
                current.add(instruction);
            }
        }
        if (stages.isEmpty()) {
            throw new DockerfileException(0, "there is no FROM in it: begin with FROM and the image to build on.");
        }
        return new Dockerfile(before, stages);
    }

    private static Stage stage(Instruction from, List<Instruction> instructions) throws DockerfileException {
        List<String> words = from.words();
        boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("AS");
        if (words.size() != 1 && !named) {
            throw from.failure("FROM takes an image, and a name after AS: FROM image AS name.");
        }
        String name = named ? words.get(2).toLowerCase(Locale.ROOT) : "";
        if (named && !name.matches("[a-z][a-z0-9_.-]{0,99}")) {
            throw from.failure("a stage's name is of letters, digits, '_', '.' and '-', and begins with a letter.");
        }
        return new Stage(from, words.get(0), name, instructions);
    }

    private static void refuseWhatNeedsAContainer(Instruction instruction) throws DockerfileException {
        if (instruction.keyword() == Keyword.RUN) {
            throw new DockerfileException(
                    instruction.line(),
                    "RUN needs a container to run in, and the daemonless builder has none. Do this work"
                            + " before the image is built (in Maven or another step), bring its result as the base image, or"
                            + " build on an agent with docker or buildah.",
                    true);
        }
        if (instruction.keyword() == Keyword.ONBUILD) {
            throw new DockerfileException(
                    instruction.line(),
                    "ONBUILD is not taken by the daemonless builder: write the instruction into the"
                            + " Dockerfiles that build on this image, or build on an agent with docker or buildah.",
                    true);
        }
        if (instruction.keyword() == Keyword.MAINTAINER) {
            throw instruction.failure("MAINTAINER is given up by docker itself: write LABEL"
                    + " org.opencontainers.image.authors=\"...\" instead.");
        }
    }

    /** The ARGs before the first FROM. */
    public List<Instruction> arguments() {
        return arguments;
    }

    /** The stages in their order; the last one is the image. */
    public List<Stage> stages() {
        return stages;
    }

    /** The number of the stage that a target means, by name or by number; the last one for null. */
    public int target(String target) throws DockerfileException {
        if (target == null) {
            return stages.size() - 1;
        }
        return stage(target, stages.size())
                .orElseThrow(() -> new DockerfileException(
                        0, "there is no stage " + Quoted.of(target) + " in it: name one as FROM ... AS does."));
    }

    /** The stage before number {@code before} that a FROM or a --from means, by name or by number. */
    public Optional<Integer> stage(String nameOrNumber, int before) {
        String wanted = nameOrNumber.toLowerCase(Locale.ROOT);
        for (int i = before - 1; i >= 0; i--) {
            if (stages.get(i).name().equals(wanted) && !wanted.isEmpty() || wanted.equals(Integer.toString(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
