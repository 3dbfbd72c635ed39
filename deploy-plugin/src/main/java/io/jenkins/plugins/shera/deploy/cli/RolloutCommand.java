package io.jenkins.plugins.shera.deploy.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.steps.rollout.RolloutDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.kohsuke.args4j.Argument;

/**
 * {@code shera-rollout TENANT APPLICATION ENVIRONMENT [VERB] [VALUE]}: one line about the rollout, or a verb given to it; VALUE is the weight of
 * {@code setWeight} or the revision of {@code undo}.
 */
@Extension
public class RolloutCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    @Argument(
            index = 3,
            metaVar = "VERB",
            usage = "status, promote, promoteFull, pause, resume, abort, retry, setWeight, undo")
    public String verb = "status";

    @Argument(index = 4, metaVar = "VALUE", usage = "weight or revision")
    public String value = "";

    @Override
    public String getName() {
        return "shera-rollout";
    }

    @Override
    public String getShortDescription() {
        return Messages.RolloutCommand_description();
    }

    @Override
    protected int run() {
        try {
            Tenant of = SheraConfiguration.get().tenant(tenant);
            check(of, SheraPermissions.VIEW);
            Application found = SheraConfiguration.get().application(tenant, application);
            if (found == null || found.environment(environment).isEmpty()) {
                throw Refusal.unknown(
                        application + "/" + environment,
                        Messages.RolloutCommand_unknown(tenant),
                        Messages.RolloutCommand_unknown_next());
            }
            Subject subject =
                    RolloutDesk.subject(found, found.environment(environment).get());
            give(of, subject);
            stdout.println(RolloutDesk.look(subject)
                    .map(seen -> seen.record().status().phase().text() + "\t"
                            + seen.record().plan().image() + "\t"
                            + seen.record().status().reason())
                    .orElse("-"));
            return 0;
        } catch (Refusal e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    private void give(Tenant of, Subject subject) {
        if (verb.equals("status")) {
            return;
        }
        if (verb.equals("undo")) {
            check(of, SheraPermissions.PROMOTE);
            if (!value.matches("[0-9]{0,9}")) {
                throw Refusal.input("VALUE", Messages.RolloutCommand_value(), Messages.RolloutCommand_value_next());
            }
            RolloutDesk.undo(subject, value);
            return;
        }
        Verb.Kind kind = Arrays.stream(Verb.Kind.values())
                .filter(each -> each.text().equals(verb))
                .findFirst()
                .orElseThrow(() -> Refusal.input(
                        "VERB",
                        Messages.RolloutCommand_verb(),
                        Arrays.stream(Verb.Kind.values()).map(Verb.Kind::text).collect(Collectors.joining(", "))
                                + ", undo, status"));
        boolean holds = kind == Verb.Kind.ABORT || kind == Verb.Kind.PAUSE;
        if (!holds || !TenantFolder.allows(of, SheraPermissions.DEPLOY)) {
            check(of, SheraPermissions.PROMOTE);
        }
        if (kind == Verb.Kind.SET_WEIGHT && !value.matches("[0-9]{1,3}")) {
            throw Refusal.input("VALUE", Messages.RolloutCommand_value(), Messages.RolloutCommand_value_next());
        }
        RolloutDesk.command(subject, kind, kind == Verb.Kind.SET_WEIGHT ? Integer.parseInt(value) : 0);
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
