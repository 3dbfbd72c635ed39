package io.jenkins.plugins.shera.deploy.apm;

import java.io.IOException;
import java.util.Optional;

/** The agents a tenant may use, and what its images bring along. */
public interface AgentSource {

    /** Where nobody defined any. */
    AgentSource NONE = new AgentSource() {
        @Override
        public Agent agent(String name) {
            throw new IllegalArgumentException("There is no agent '" + name + "' here.");
        }

        @Override
        public Optional<String> options(String image) {
            return Optional.empty();
        }
    };

    /**
     * The agent of this name; the only one there is when the name is empty.
     *
     * @throws IllegalArgumentException when there is none, naming those there are
     */
    Agent agent(String name);

    /**
     * The JAVA_TOOL_OPTIONS that an image sets by itself, empty text when it sets none; empty when nobody here can read that image.
     *
     * @throws IOException when its registry did not answer
     */
    Optional<String> options(String image) throws IOException;
}
