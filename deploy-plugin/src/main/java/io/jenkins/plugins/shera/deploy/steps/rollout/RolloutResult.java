package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code canary} and {@code undoRollout} return: what was released, and where. */
public final class RolloutResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String application;
    private final String environment;
    private final String phase;
    private final String image;
    private final String imageBefore;
    private final long generation;

    RolloutResult(RolloutPlan plan, RolloutStatus status) {
        application = plan.subject().application();
        environment = plan.subject().environment();
        phase = status.phase().text();
        image = plan.image();
        imageBefore = plan.imageBefore();
        generation = status.generation();
    }

    /** Name of the application. */
    @Whitelisted
    public String getApplication() {
        return application;
    }

    /** Name of the environment. */
    @Whitelisted
    public String getEnvironment() {
        return environment;
    }

    /** {@code Healthy}. */
    @Whitelisted
    public String getPhase() {
        return phase;
    }

    /** The image that is stable now. */
    @Whitelisted
    public String getImage() {
        return image;
    }

    /** The image that was stable before. */
    @Whitelisted
    public String getImageBefore() {
        return imageBefore;
    }

    /** Grows with every rollout of the application. */
    @Whitelisted
    public long getGeneration() {
        return generation;
    }

    @Whitelisted
    @Override
    public String toString() {
        return application + " in " + environment + " is " + phase + " with " + image;
    }
}
