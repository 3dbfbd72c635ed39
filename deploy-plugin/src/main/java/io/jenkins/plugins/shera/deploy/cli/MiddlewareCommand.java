package io.jenkins.plugins.shera.deploy.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareSpec;
import io.jenkins.plugins.shera.deploy.steps.middleware.MiddlewareDesk;
import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.Map;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-middleware TENANT APPLICATION ENVIRONMENT [NAME (--template T [--size N] ... | --rotate | --delete NAME)]}: the middleware
 * of an application, a line each, one of which it deploys or changes when told to.
 */
@Extension
public class MiddlewareCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    @Argument(index = 3, metaVar = "NAME", usage = "name of the instance")
    public String name = "";

    @Option(name = "--template", usage = "deploys it as mysql, redis or rabbitmq")
    public String template = "";

    @Option(name = "--version", usage = "in this version of those that the platform offers")
    public String version = "";

    @Option(name = "--size", usage = "with a volume of this size")
    public String size = "";

    @Option(name = "--storage-class", usage = "of this StorageClass")
    public String storageClass = "";

    @Option(name = "--memory", usage = "with this memory")
    public String memory = "";

    @Option(name = "--dry-run", usage = "only says what would change")
    public boolean dryRun;

    @Option(name = "--rotate", usage = "changes its credentials")
    public boolean rotate;

    @Option(name = "--delete", usage = "deletes it and keeps its volume; its name once more")
    public String delete = "";

    @Option(name = "--delete-volume", usage = "with --delete: deletes its data, too")
    public boolean deleteVolume;

    @Override
    public String getName() {
        return "shera-middleware";
    }

    @Override
    public String getShortDescription() {
        return Messages.MiddlewareCommand_description();
    }

    @Override
    protected int run() {
        try {
            Tenant of = SheraConfiguration.get().tenant(tenant);
            check(of, SheraPermissions.VIEW);
            Application found = SheraConfiguration.get().application(tenant, application);
            Environment where =
                    found == null ? null : found.environment(environment).orElse(null);
            if (where == null) {
                throw Refusal.unknown(
                        application + "/" + environment,
                        Messages.RolloutCommand_unknown(tenant),
                        Messages.RolloutCommand_unknown_next());
            }
            Subject subject = ScaleDesk.subject(found, where);
            if (name.isEmpty()) {
                MiddlewareDesk.look(subject)
                        .forEach(each -> stdout.println(each.name() + "\t" + each.template() + " " + each.version()
                                + "\t"
                                + each.state() + "\t" + each.host() + ":" + each.port() + "\t" + each.secret() + "\t"
                                + each.size() + "\t" + each.trouble()));
            } else {
                check(of, where.getPolicy().isRequirePromote() ? SheraPermissions.PROMOTE : SheraPermissions.DEPLOY);
                stdout.println(change(subject));
            }
            return 0;
        } catch (Refusal | IllegalArgumentException e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    private String change(Subject subject) {
        if (!delete.isEmpty()) {
            return MiddlewareDesk.remove(subject, MiddlewareSpec.name(name), delete, deleteVolume);
        }
        if (rotate) {
            return String.join("\n", MiddlewareDesk.rotate(subject, MiddlewareSpec.name(name)));
        }
        MiddlewareSpec spec = MiddlewareDesk.spec(subject, name, template, version, Map.of())
                .volume(size, storageClass)
                .resources("", memory);
        return String.join("\n", dryRun ? MiddlewareDesk.plan(subject, spec) : MiddlewareDesk.deploy(subject, spec));
    }

    /** The same words whether the tenant is unknown or hidden. */
    private void check(Tenant of, Permission permission) {
        if (of == null || !TenantFolder.allows(of, permission)) {
            throw Refusal.forbidden(
                    "tenant " + tenant,
                    Messages.RolloutCommand_permission(permission.name),
                    Messages.RolloutCommand_permission_next());
        }
    }
}
