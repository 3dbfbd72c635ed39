package hudson.model;

import hudson.EnvVars;

/** An action that adds to the environment of its build. */
public interface EnvironmentContributingAction extends Action {
    /** Adds to the environment. */
    default void buildEnvironment(Run<?, ?> run, EnvVars env) {}
}
