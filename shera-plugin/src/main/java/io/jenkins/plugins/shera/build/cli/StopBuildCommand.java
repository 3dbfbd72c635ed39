package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.config.Tenant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.args4j.Argument;

/** {@code shera-stop-build TENANT PROJECT [NUMBER]}: stops a build, the last one where no number is given. */
@Extension
public class StopBuildCommand extends NamedProjectCommand {
    @Argument(index = 2, metaVar = "NUMBER", usage = "number of the build; the last one when left out")
    public Integer number;

    @Override
    public String getName() {
        return "shera-stop-build";
    }

    @Override
    public String getShortDescription() {
        return Messages.StopBuildCommand_description();
    }

    @Override
    protected String change() {
        return "build.stop";
    }

    @Override
    protected int work(Tenant owner, WorkflowJob job) throws Exception {
        new Projects(owner).stop(build(job, number));
        return 0;
    }
}
