package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.config.Tenant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** {@code shera-delete-project TENANT PROJECT}: removes the job with its builds; images stay. */
@Extension
public class DeleteProjectCommand extends NamedProjectCommand {
    @Override
    public String getName() {
        return "shera-delete-project";
    }

    @Override
    public String getShortDescription() {
        return Messages.DeleteProjectCommand_description();
    }

    @Override
    protected String change() {
        return "project.remove";
    }

    @Override
    protected int work(Tenant owner, WorkflowJob job) throws Exception {
        new Projects(owner).remove(job);
        return 0;
    }
}
