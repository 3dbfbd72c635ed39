package io.jenkins.plugins.shera.deploy.cli;

import hudson.cli.CLICommand;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import org.kohsuke.args4j.Argument;

/** A command about what a tenant has; whoever sees the tenant may use it. */
public abstract class TenantCommand extends CLICommand {

    private static final int LONGEST_SUBJECT = 200;

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    /** Does it; what it throws is printed, and the exit code is 1. */
    protected abstract void act();

    /** What a refused change is called in the audit trail, as over REST; empty for a command that changes nothing. */
    protected String change() {
        return "";
    }

    /** Whether it only asks if it would be refused: of that the audit trail tells what the caller may not. */
    protected boolean isQuestion() {
        return false;
    }

    /** What the change is of. */
    protected String subject() {
        return tenant;
    }

    @Override
    protected final int run() {
        try {
            check(SheraPermissions.VIEW);
            act();
            return 0;
        } catch (Refusal | IllegalArgumentException e) {
            record(e);
            stderr.println(e.getMessage());
            return 1;
        }
    }

    private void record(RuntimeException refused) {
        boolean denied = refused instanceof Refusal refusal && refusal.kind() == Refusal.Kind.FORBIDDEN;
        if (change().isEmpty() || isQuestion() && !denied) {
            return;
        }
        // A tenant that is not there is only what somebody typed.
        String known = SheraConfiguration.get().tenant(tenant) == null ? "" : tenant;
        String of = subject();
        AuditLine.of(change(), of.length() > LONGEST_SUBJECT ? of.substring(0, LONGEST_SUBJECT) : of)
                .tenant(known)
                .refused(refused.getMessage());
    }

    /** An application of the tenant in an environment; others are refused. */
    protected final Place place(String application, String environment) {
        Application found = SheraConfiguration.get().application(tenant, application);
        Environment where =
                found == null ? null : found.environment(environment).orElse(null);
        if (where == null) {
            throw Refusal.unknown(
                    application + "/" + environment,
                    Messages.PlaceCommand_unknown(tenant),
                    Messages.PlaceCommand_unknown_next());
        }
        return new Place(found, where);
    }

    /** An application where it is. */
    protected record Place(Application application, Environment environment) {}

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
