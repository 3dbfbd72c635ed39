package io.jenkins.plugins.shera.deploy.cli;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.platform.config.Environment;
import org.kohsuke.args4j.Argument;

/** A command about an application in one environment. */
public abstract class PlaceCommand extends TenantCommand {

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    /** Does it; what it throws is printed, and the exit code is 1. */
    protected abstract void act(Subject subject, Environment where);

    @Override
    protected final String subject() {
        return tenant + "/" + application;
    }

    @Override
    protected final void act() {
        Place place = place(application, environment);
        act(ClusterDesk.subject(place.application(), place.environment()), place.environment());
    }
}
