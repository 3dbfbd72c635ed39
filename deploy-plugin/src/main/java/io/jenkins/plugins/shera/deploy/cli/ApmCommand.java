package io.jenkins.plugins.shera.deploy.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.apm.ApmMode;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.canary.ApmOrder;
import io.jenkins.plugins.shera.deploy.canary.ApmPlan;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.rollout.ApmDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-apm TENANT APPLICATION ENVIRONMENT [on|canary|off [--agent A] [--dry-run] [--override REASON]]}: one line about the APM
 * switch, which it sets when told to.
 */
@Extension
public class ApmCommand extends PlaceCommand {

    @Argument(index = 3, metaVar = "MODE", usage = "on, canary (the pods of canaries only) or off")
    public String mode = "";

    @Option(name = "--agent", usage = "name of the agent; not needed when the tenant may use only one")
    public String agent = "";

    @Option(name = "--dry-run", usage = "only says what would change and how many pods restart")
    public boolean dryRun;

    @Option(name = "--override", usage = "why it is done although the tenant is frozen; needs Promote")
    public String override = "";

    @Override
    public String getName() {
        return "shera-apm";
    }

    @Override
    public String getShortDescription() {
        return Messages.ApmCommand_description();
    }

    @Override
    protected String change() {
        return mode.isEmpty() ? "" : "apm.switch";
    }

    @Override
    protected boolean isQuestion() {
        return dryRun;
    }

    @Override
    protected void act(Subject subject, Environment where) {
        if (mode.isEmpty()) {
            stdout.println(
                    ApmDesk.look(subject).map(state -> line(subject, state)).orElse("-"));
            return;
        }
        check(SheraPermissions.DEPLOY);
        checkChange(where);
        if (!override.isBlank()) {
            check(SheraPermissions.PROMOTE);
        }
        ApmOrder order = new ApmOrder(ApmMode.of(mode), agent);
        if (dryRun) {
            ApmPlan plan = ApmDesk.plan(subject, order);
            plan.lines().forEach(stdout::println);
            stdout.println(Messages.ApmCommand_restarts(plan.restarts()));
        } else {
            Application of = SheraConfiguration.get().application(subject.tenant(), subject.application());
            stdout.println(ApmDesk.apply(of, where, order, override.trim()));
        }
    }

    private static String line(Subject subject, ApmState state) {
        return state.mode().word() + "\t" + state.agent() + "\t" + ApmDesk.page(subject, state.agent());
    }
}
