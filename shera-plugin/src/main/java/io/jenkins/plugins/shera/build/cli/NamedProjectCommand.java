package io.jenkins.plugins.shera.build.cli;

import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.args4j.Argument;

/** A command that changes one project. */
public abstract class NamedProjectCommand extends ProjectCommand {
    @Argument(index = 1, metaVar = "PROJECT", usage = "name of the project", required = true)
    public String project;

    /** Does the work on the project. */
    protected abstract int work(Tenant owner, WorkflowJob job) throws Exception;

    @Override
    protected String subject() {
        return project;
    }

    @Override
    protected final int work() throws Exception {
        Tenant owner = owner(SheraPermissions.BUILD);
        return work(owner, project(owner, project));
    }
}
