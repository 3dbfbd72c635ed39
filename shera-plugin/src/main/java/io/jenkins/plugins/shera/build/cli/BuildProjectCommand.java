package io.jenkins.plugins.shera.build.cli;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code shera-build TENANT PROJECT [-w]}: starts a build; with {@code -w} waits for it and ends with 1 unless it succeeds. */
@Extension
public class BuildProjectCommand extends ProjectCommand {
    @Argument(index = 0, metaVar = "TENANT", usage = "id of the tenant", required = true)
    public String tenant;

    @Argument(index = 1, metaVar = "PROJECT", usage = "name of the project", required = true)
    public String project;

    @Option(name = "-w", usage = "wait until the build is over")
    public boolean wait;

    @Override
    public String getName() {
        return "shera-build";
    }

    @Override
    public String getShortDescription() {
        return Messages.BuildProjectCommand_description();
    }

    @Override
    protected int run() throws Exception {
        Tenant owner = tenant(tenant, SheraPermissions.BUILD);
        WorkflowJob job = project(owner, project);
        try {
            Projects.need(job, Item.BUILD);
        } catch (Refusal e) {
            throw new AbortException(e.getMessage());
        }
        QueueTaskFuture<WorkflowRun> queued =
                job.isBuildable() ? job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause())) : null;
        if (queued == null) {
            throw new AbortException(Messages.notStarted(job.getFullName()));
        }
        AuditLine.of("project.build", job.getFullName()).tenant(owner.getId()).done();
        WorkflowRun run = queued.waitForStart();
        stdout.println("#" + run.getNumber());
        if (!wait) {
            return 0;
        }
        queued.get();
        stdout.println(run.getResult());
        return run.getResult() == Result.SUCCESS ? 0 : 1;
    }
}
