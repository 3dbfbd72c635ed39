package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import hudson.model.Result;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.build.pages.QualityAction;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.args4j.Argument;

/** {@code shera-list-projects TENANT}: name, last build, its result, gate, image; one project a line, separated by tabs. */
@Extension
public class ListProjectsCommand extends ProjectCommand {
    @Argument(metaVar = "TENANT", usage = "id of the tenant", required = true)
    public String tenant;

    @Override
    public String getName() {
        return "shera-list-projects";
    }

    @Override
    public String getShortDescription() {
        return Messages.ListProjectsCommand_description();
    }

    @Override
    protected int run() throws Exception {
        for (WorkflowJob job : new Projects(tenant(tenant, SheraPermissions.VIEW)).all()) {
            WorkflowRun last = job.getLastBuild();
            Result result = last == null ? null : last.getResult();
            QualityAction quality = last == null ? null : last.getAction(QualityAction.class);
            ImageAction image = last == null ? null : last.getAction(ImageAction.class);
            stdout.println(String.join(
                    "\t",
                    job.getName(),
                    last == null ? "-" : "#" + last.getNumber(),
                    result == null ? "-" : result.toString(),
                    quality == null ? "-" : quality.getGate(),
                    image == null ? "-" : image.getReference()));
        }
        return 0;
    }
}
