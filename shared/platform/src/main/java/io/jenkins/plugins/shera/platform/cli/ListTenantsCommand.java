package io.jenkins.plugins.shera.platform.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;

/** {@code shera-list-tenants}: the tenants the caller may see, one a line: id, folder, name, separated by tabs. */
@Extension
public class ListTenantsCommand extends CLICommand {

    @Override
    public String getName() {
        return "shera-list-tenants";
    }

    @Override
    public String getShortDescription() {
        return Messages.ListTenantsCommand_description();
    }

    @Override
    protected int run() {
        for (Tenant tenant : SheraConfiguration.get().getTenants()) {
            if (TenantFolder.allows(tenant, SheraPermissions.VIEW)) {
                stdout.println(tenant.getId() + "\t" + tenant.getFolder() + "\t" + tenant.title());
            }
        }
        return 0;
    }
}
