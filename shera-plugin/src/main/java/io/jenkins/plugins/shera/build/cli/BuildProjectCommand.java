package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.config.Tenant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.args4j.Option;

/** {@code shera-build TENANT PROJECT [-w]}: starts a build; with {@code -w} waits for it and ends with 1 unless it succeeds. */
@Extension
public class BuildProjectCommand extends NamedProjectCommand {
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
    protected String change() {
        return "project.build";
    }

    @Override
    protected int work(Tenant owner, WorkflowJob job) throws Exception {
        QueueTaskFuture<WorkflowRun> queued = new Projects(owner).build(job);
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
