package io.jenkins.plugins.shera.build.cli;

import hudson.AbortException;
import hudson.cli.CLICommand;
import hudson.security.Permission;
import io.jenkins.plugins.shera.build.projects.Projects;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** What the commands about projects share: whose, which, and whether the caller may. */
abstract class ProjectCommand extends CLICommand {

    /** A tenant the caller may do this for; one that may not be seen is as good as absent. */
    static Tenant tenant(String id, Permission permission) throws AbortException {
        Tenant tenant = SheraConfiguration.get().tenant(id);
        if (tenant == null || !TenantFolder.allows(tenant, SheraPermissions.VIEW)) {
            throw new AbortException(Messages.noTenant(id));
        }
        if (!TenantFolder.allows(tenant, permission)) {
            throw new AbortException(Messages.noPermission(permission.name, id));
        }
        return tenant;
    }

    static WorkflowJob project(Tenant tenant, String name) throws AbortException {
        return new Projects(tenant)
                .find(name)
                .orElseThrow(() -> new AbortException(Messages.noProject(name, tenant.getId())));
    }
}
