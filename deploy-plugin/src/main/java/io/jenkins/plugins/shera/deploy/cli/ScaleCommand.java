package io.jenkins.plugins.shera.deploy.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.scale.ScaleFacts;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-scale TENANT APPLICATION ENVIRONMENT [NUMBER | wake] [--min N --max N --cpu P --memory P]}: one line about the number of
 * pods, which it sets when told to.
 */
@Extension
public class ScaleCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "name of the environment")
    public String environment = "";

    @Argument(index = 3, metaVar = "NUMBER", usage = "number of pods, 0 to send it to sleep, or wake")
    public String number = "";

    @Option(name = "--min", usage = "fewest pods of an autoscaler")
    public Integer min;

    @Option(name = "--max", usage = "most pods of an autoscaler")
    public Integer max;

    @Option(name = "--cpu", usage = "percent of the CPU asked for that it aims at")
    public Integer cpu;

    @Option(name = "--memory", usage = "percent of the memory asked for that it aims at")
    public Integer memory;

    @Override
    public String getName() {
        return "shera-scale";
    }

    @Override
    public String getShortDescription() {
        return Messages.ScaleCommand_description();
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
            if (!number.isEmpty() || max != null) {
                check(of, where.getPolicy().isRequirePromote() ? SheraPermissions.PROMOTE : SheraPermissions.DEPLOY);
                stdout.println(ScaleDesk.scale(subject, order()));
            } else {
                stdout.println(ScaleDesk.look(subject).map(ScaleCommand::line).orElse("-"));
            }
            return 0;
        } catch (Refusal | IllegalArgumentException e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    private ScaleOrder order() {
        boolean wake = number.equals("wake");
        if (!wake && !number.matches("[0-9]{0,6}")) {
            throw Refusal.input("NUMBER", Messages.ScaleCommand_number(), Messages.ScaleCommand_number_next());
        }
        return ScaleOrder.of(wake || number.isEmpty() ? null : Integer.valueOf(number), min, max, cpu, memory, wake);
    }

    private static String line(ScaleFacts facts) {
        return facts.ready() + "/" + facts.wanted() + "\t"
                + (facts.autoscaler() == null
                        ? facts.asleepFrom() > 0 ? "asleep, wakes to " + facts.asleepFrom() : "fixed"
                        : "autoscaler " + facts.autoscaler().name() + " "
                                + facts.autoscaler().min() + ".."
                                + facts.autoscaler().max());
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
