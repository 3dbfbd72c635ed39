package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.rest.RequestBody;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.args4j.Option;

/** {@code shera-change-project TENANT PROJECT [--check] < project.json}: replaces settings and triggers by what REST takes too. */
@Extension
public class ChangeProjectCommand extends NamedProjectCommand {
    @Option(name = "--check", usage = "say only whether it could be changed")
    public boolean check;

    @Override
    public String getName() {
        return "shera-change-project";
    }

    @Override
    public String getShortDescription() {
        return Messages.ChangeProjectCommand_description();
    }

    @Override
    protected String change() {
        return check ? "" : "project.update";
    }

    @Override
    protected int work(Tenant owner, WorkflowJob job) throws Exception {
        new Projects(owner).update(job, RequestBody.read(stdin), check);
        return 0;
    }
}
