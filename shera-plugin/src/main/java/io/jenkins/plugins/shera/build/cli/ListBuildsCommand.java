package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-list-builds TENANT PROJECT [--count N]}: number, result ({@code -} while it runs), gate, image, when it began; the newest first, one
 * build a line, separated by tabs.
 */
@Extension
public class ListBuildsCommand extends ProjectCommand {
    @Argument(index = 1, metaVar = "PROJECT", usage = "name of the project", required = true)
    public String project;

    @Option(name = "--count", metaVar = "N", usage = "how many builds at most")
    public int count = 50;

    @Override
    public String getName() {
        return "shera-list-builds";
    }

    @Override
    public String getShortDescription() {
        return Messages.ListBuildsCommand_description();
    }

    @Override
    protected int work() throws Exception {
        WorkflowJob job = project(owner(SheraPermissions.VIEW), project);
        int left = count;
        for (WorkflowRun run = job.getLastBuild(); run != null && left > 0; run = run.getPreviousBuild(), left--) {
            stdout.println(BuildLine.of(run) + "\t" + Instant.ofEpochMilli(run.getStartTimeInMillis()));
        }
        return 0;
    }
}
