package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.build.projects.RunLog;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code shera-build-log TENANT PROJECT [NUMBER] [-f]}: the log of a build so far; with {@code -f} until the build is over. */
@Extension
public class BuildLogCommand extends ProjectCommand {
    private static final long PAUSE_MILLIS = 500;

    @Argument(index = 1, metaVar = "PROJECT", usage = "name of the project", required = true)
    public String project;

    @Argument(index = 2, metaVar = "NUMBER", usage = "number of the build; the last one when left out")
    public Integer number;

    @Option(name = "-f", usage = "go on until the build is over")
    public boolean follow;

    @Override
    public String getName() {
        return "shera-build-log";
    }

    @Override
    public String getShortDescription() {
        return Messages.BuildLogCommand_description();
    }

    @Override
    protected int work() throws Exception {
        WorkflowRun run = build(project(owner(SheraPermissions.VIEW), project), number);
        RunLog.Slice slice = RunLog.read(run, 0);
        while (true) {
            stdout.print(slice.text());
            stdout.flush();
            boolean idle = slice.text().isEmpty();
            if (!slice.more() || idle && !follow || stdout.checkError()) {
                return 0;
            }
            if (idle) {
                Thread.sleep(PAUSE_MILLIS);
            }
            slice = RunLog.read(run, slice.next());
        }
    }
}
