package io.jenkins.plugins.shera.build.dockerfile;

import java.util.List;

/** A FROM and what follows it. */
public final class Stage {
    private final Instruction from;
    private final String base;
    private final String name;
    private final List<Instruction> instructions;

    Stage(Instruction from, String base, String name, List<Instruction> instructions) {
        this.from = from;
        this.base = base;
        this.name = name;
        this.instructions = instructions;
    }

    /** The FROM itself. */
    public Instruction from() {
        return from;
    }

    /** What it names, not expanded: an image, an earlier stage, or {@code scratch}. */
    public String base() {
        return base;
    }

    /** The name after AS in lower case, or empty. */
    public String name() {
        return name;
    }

    /** What comes after the FROM. */
    public List<Instruction> instructions() {
        return instructions;
    }
}
