package io.jenkins.plugins.shera.monitoring.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.monitoring.config.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.desk.Changes;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdDesk;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.monitoring.thresholds.ThresholdBook;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-set-threshold TENANT APPLICATION METRIC [-environment E] [-warning V] [-critical V] [-for D] [-below] [-off] [-runbook URL] [-inherit]}:
 * sets one threshold, leaves the others alone, and prints what changed.
 */
@Extension
public class SetThresholdCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "METRIC", required = true, usage = "a known metric, or a series of the application")
    public String metric = "";

    @Option(name = "-environment", usage = "only in this environment")
    public String environment = "";

    @Option(name = "-warning", usage = "warn beyond this value, as 300, 400Mi or 5%%")
    public String warning = "";

    @Option(name = "-critical", usage = "critical beyond this value")
    public String critical = "";

    @Option(name = "-for", usage = "how long it must last, as 5m")
    public String lasting = "";

    @Option(name = "-below", usage = "small values are the bad ones")
    public boolean below;

    @Option(name = "-off", usage = "take away what is inherited")
    public boolean off;

    @Option(name = "-runbook", usage = "address of a page that says what to do")
    public String runbookUrl = "";

    @Option(name = "-inherit", usage = "take away what is set here")
    public boolean inherit;

    @Override
    public String getName() {
        return "shera-set-threshold";
    }

    @Override
    public String getShortDescription() {
        return Messages.SetThresholdCommand_description();
    }

    @Override
    protected int run() throws InterruptedException {
        try {
            Tenant of = Found.tenant(tenant, SheraPermissions.ALERT);
            Application found = Found.application(of, application);
            Found.environment(of, found, environment);
            return change(of);
        } catch (Refusal | InvalidThresholdException e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    private int change(Tenant of) throws InterruptedException {
        String place = ThresholdBook.place(application, environment);
        AuditLine line =
                AuditLine.of("thresholds.set", of.getId() + "/" + place).tenant(of.getId());
        try {
            Threshold wanted = inherit ? null : threshold();
            ThresholdDesk.Outcome outcome = ThresholdDesk.change(
                    of,
                    -1,
                    book -> wanted == null ? book.without(place, metric) : book.with(place, wanted),
                    plan -> plan.forEach(each -> stdout.println(Changes.text(each))));
            line.done();
            Changes.tell(
                    of.getId(), outcome.changes(), Jenkins.getAuthentication2().getName(), entry -> entry);
            stdout.println("version " + outcome.version());
            return 0;
        } catch (IOException e) {
            line.failed(String.valueOf(e.getMessage()));
            stderr.println(Messages.SetThresholdCommand_failed(e.getMessage()));
            return 1;
        }
    }

    private Threshold threshold() {
        ThresholdSettings settings = new ThresholdSettings(metric);
        settings.setWarning(warning);
        settings.setCritical(critical);
        settings.setFor(lasting);
        settings.setBelow(below);
        settings.setOff(off);
        settings.setRunbookUrl(runbookUrl);
        return settings.read();
    }
}
