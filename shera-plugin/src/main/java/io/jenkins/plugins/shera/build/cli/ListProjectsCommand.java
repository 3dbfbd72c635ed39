package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** {@code shera-list-projects TENANT}: name, last build, its result, gate, image; one project a line, separated by tabs. */
@Extension
public class ListProjectsCommand extends ProjectCommand {
    @Override
    public String getName() {
        return "shera-list-projects";
    }

    @Override
    public String getShortDescription() {
        return Messages.ListProjectsCommand_description();
    }

    @Override
    protected int work() throws Exception {
        for (WorkflowJob job : new Projects(owner(SheraPermissions.VIEW)).all()) {
            stdout.println(job.getName() + "\t" + BuildLine.of(job.getLastBuild()));
        }
        return 0;
    }
}
