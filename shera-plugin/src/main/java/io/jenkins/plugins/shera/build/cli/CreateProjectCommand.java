package io.jenkins.plugins.shera.build.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.rest.RequestBody;
import org.kohsuke.args4j.Option;

/** {@code shera-create-project TENANT [--check] < project.json}: makes a project of what REST takes too. */
@Extension
public class CreateProjectCommand extends ProjectCommand {
    @Option(name = "--check", usage = "say only whether it could be made")
    public boolean check;

    @Override
    public String getName() {
        return "shera-create-project";
    }

    @Override
    public String getShortDescription() {
        return Messages.CreateProjectCommand_description();
    }

    @Override
    protected String change() {
        return check ? "" : "project.create";
    }

    @Override
    protected int work() throws Exception {
        Tenant owner = owner(SheraPermissions.BUILD);
        stdout.println(new Projects(owner).create(RequestBody.read(stdin), check));
        return 0;
    }
}
