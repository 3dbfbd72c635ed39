package io.jenkins.plugins.shera.deploy.apm;

import java.util.Optional;

/**
 * How a deployment is to leave the switch of APM.
 *
 * @param agent name of the agent, empty for the only one the tenant may use
 */
public record ApmWish(ApmMode mode, String agent) {

    private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    /**
     * Reads {@code on}, {@code off}, {@code canary}, the name of an agent (on with it) or {@code canary:NAME}; empty leaves the switch as it
     * stands.
     *
     * @throws IllegalArgumentException saying what there is
     */
    public static Optional<ApmWish> parse(String text) {
        String word = text == null ? "" : text.strip();
        if (word.isEmpty()) {
            return Optional.empty();
        }
        if (word.matches("on|off|canary")) {
            return Optional.of(new ApmWish(ApmMode.of(word), ""));
        }
        boolean canary = word.startsWith(ApmMode.CANARY.word() + ":");
        String agent =
                canary ? word.substring(ApmMode.CANARY.word().length() + 1).strip() : word;
        if (!agent.matches(NAME)) {
            throw new IllegalArgumentException("'" + word
                    + "' cannot be the parameter apm. Give 'on', 'off', 'canary' (the pods of canaries only), the name of an agent, or"
                    + " 'canary:NAME'.");
        }
        return Optional.of(new ApmWish(canary ? ApmMode.CANARY : ApmMode.ON, agent));
    }
}
