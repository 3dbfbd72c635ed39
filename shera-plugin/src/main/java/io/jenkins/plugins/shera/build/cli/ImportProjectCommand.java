package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import org.kohsuke.args4j.Argument;

/** {@code shera-import-project TENANT JOB}: makes a Pipeline job of the tenant's folder a project; its script stays. */
@Extension
public class ImportProjectCommand extends ProjectCommand {
    @Argument(index = 1, metaVar = "JOB", usage = "name of the job in the folder of the tenant", required = true)
    public String job;

    @Override
    public String getName() {
        return "shera-import-project";
    }

    @Override
    public String getShortDescription() {
        return Messages.ImportProjectCommand_description();
    }

    @Override
    protected String change() {
        return "project.import";
    }

    @Override
    protected String subject() {
        return job;
    }

    @Override
    protected int work() throws Exception {
        new Projects(owner(SheraPermissions.BUILD)).adopt(job);
        return 0;
    }
}
