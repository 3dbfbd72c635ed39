package io.jenkins.plugins.shera.deploy.cli;

import hudson.cli.CLICommand;
import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import org.kohsuke.args4j.Argument;

/** A command about an application in one environment; whoever sees the application may use it. */
public abstract class PlaceCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    /** Does it; what it throws is printed, and the exit code is 1. */
    protected abstract void act(Subject subject, Environment where);

    @Override
    protected final int run() {
        try {
            check(SheraPermissions.VIEW);
            Application found = SheraConfiguration.get().application(tenant, application);
            Environment where =
                    found == null ? null : found.environment(environment).orElse(null);
            if (where == null) {
                throw Refusal.unknown(
                        application + "/" + environment,
                        Messages.PlaceCommand_unknown(tenant),
                        Messages.PlaceCommand_unknown_next());
            }
            act(ClusterDesk.subject(found, where), where);
            return 0;
        } catch (Refusal | IllegalArgumentException e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    /** Refuses who may not change what is in this environment. */
    protected final void checkChange(Environment where) {
        check(where.getPolicy().isRequirePromote() ? SheraPermissions.PROMOTE : SheraPermissions.DEPLOY);
    }

    /** Whether the caller has this permission for the tenant. */
    protected final boolean allows(Permission permission) {
        Tenant of = SheraConfiguration.get().tenant(tenant);
        return of != null && TenantFolder.allows(of, permission);
    }

    /** The same words whether the tenant is unknown or hidden. */
    protected final void check(Permission permission) {
        if (!allows(permission)) {
            throw Refusal.forbidden(
                    "tenant " + tenant,
                    Messages.PlaceCommand_permission(permission.name),
                    Messages.PlaceCommand_permission_next());
        }
    }
}
