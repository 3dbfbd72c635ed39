package io.jenkins.plugins.shera.build.builders;

import java.io.IOException;

/** Picks who builds: whom the user named, else ours where it can, else the first program the agent has. */
public final class BuilderChoice {
    private BuilderChoice() {}

    /** Tells what an agent has. */
    @FunctionalInterface
    public interface Agent {
        /** Whether the program can be used there. */
        boolean has(BuilderKind kind) throws InterruptedException;
    }

    /** {@code refusal} is why the daemonless builder cannot take this Dockerfile; empty when it can. */
    public static BuilderKind choose(BuilderKind wanted, String refusal, Agent agent)
            throws IOException, InterruptedException {
        if (wanted == BuilderKind.DAEMONLESS || wanted == null && refusal.isEmpty()) {
            return BuilderKind.DAEMONLESS;
        }
        if (wanted != null) {
            if (agent.has(wanted)) {
                return wanted;
            }
            throw new IOException(
                    "builder is " + wanted.text() + ", which does not answer on this agent: install it there"
                            + (wanted == BuilderKind.DOCKER ? ", start its engine or give DOCKER_HOST," : "")
                            + " or run on an agent that has it.");
        }
        for (BuilderKind kind : new BuilderKind[] {BuilderKind.DOCKER, BuilderKind.BUILDAH}) {
            if (agent.has(kind)) {
                return kind;
            }
        }
        throw new IOException(refusal + " This agent has neither.");
    }
}
