package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import java.util.List;
import java.util.Map;

/**
 * A release set as pages and commands ask for it.
 *
 * @param template name of a ready plan, empty for the usual one
 * @param override why freezes and policies do not count, or empty
 */
public record SetOrder(List<Wanted> members, String template, String override) {

    /**
     * One member.
     *
     * @param image what is released, empty where {@code from} tells
     * @param from the environment of the application whose image is released; null where {@code image} tells
     * @param router what splits the traffic, empty for the one that fits
     * @param route name of its HTTPRoute or Ingress, empty for the one named as the application
     * @param after members that must be stable before: {@code stock}, or {@code stock/prod}
     * @param env variables that the new revision has besides
     */
    public record Wanted(
            Application application,
            Environment environment,
            String image,
            Environment from,
            String router,
            String route,
            List<String> after,
            Map<String, String> env) {

        /** Keeps its own lists. */
        public Wanted {
            after = List.copyOf(after);
            env = Map.copyOf(env);
        }

        Subject subject() {
            return Rollouts.subject(application, environment);
        }
    }

    /** Keeps its own list. */
    public SetOrder {
        members = List.copyOf(members);
    }
}
