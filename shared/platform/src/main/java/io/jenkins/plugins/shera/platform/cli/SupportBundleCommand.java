package io.jenkins.plugins.shera.platform.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.pages.SupportParts;
import java.io.IOException;
import jenkins.model.Jenkins;

/** {@code shera-support-bundle > shera-support.zip}: what the platform page gives for download. */
@Extension
public class SupportBundleCommand extends CLICommand {
    @Override
    public String getName() {
        return "shera-support-bundle";
    }

    @Override
    public String getShortDescription() {
        return Messages.SupportBundleCommand_description();
    }

    @Override
    protected int run() throws IOException {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        AuditLine.of("support.bundle", "").done();
        SupportParts.write(stdout);
        stdout.flush();
        return 0;
    }
}
