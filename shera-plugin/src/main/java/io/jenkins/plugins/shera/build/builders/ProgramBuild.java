package io.jenkins.plugins.shera.build.builders;

import io.jenkins.plugins.shera.build.process.Programs;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds by a program where the source is, and leaves the image there as an archive. */
public final class ProgramBuild {
    private final ImageProgram program;
    private final Programs programs;
    private final Map<String, String> usual;

    /** {@code usual} is the environment of the build, e.g. with {@code DOCKER_HOST}. */
    public ProgramBuild(ImageProgram program, Programs programs, Map<String, String> usual) {
        this.program = program;
        this.programs = programs;
        this.usual = Map.copyOf(usual);
    }

    /** Builds and exports; what stands under the local name is gone afterwards. */
    public void carryOut(ProgramOrder order) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(usual);
        environment.putAll(program.environment(order));
        String name = program.kind().text();
        Programs.Outcome built = programs.run(program.build(order), environment, true);
        if (!built.isGood()) {
            throw new IOException("The builder " + name + " ended with " + built.code()
                    + ": see its output above for what failed, and correct that.");
        }
        try {
            Programs.Outcome saved = programs.run(program.export(order), environment, false);
            if (!saved.isGood()) {
                throw new IOException("The builder " + name + " cannot give its image away: " + last(saved.output())
                        + ": is the agent's disk full?");
            }
        } finally {
            programs.run(program.forget(order), environment, false);
        }
    }

    private static String last(String output) {
        List<String> lines =
                output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        String line = lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
        return line.substring(0, Math.min(line.length(), 500));
    }

    /** Whether the program can be used on this machine. */
    public boolean isThere() throws InterruptedException {
        try {
            return programs.run(program.probe(), usual, false).isGood();
        } catch (IOException e) {
            return false;
        }
    }
}
