package io.jenkins.plugins.shera.monitoring.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.monitoring.alerts.ActiveAlert;
import io.jenkins.plugins.shera.monitoring.desk.AlertFacts;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import org.kohsuke.args4j.Argument;

/**
 * {@code shera-alerts TENANT [APPLICATION]}: the alerts that are pending or firing, one a line: state, severity, application,
 * environment, metric, pod, since and value, separated by tabs. Ends with 2 when a Prometheus did not answer.
 */
@Extension
public class AlertsCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", usage = "name of the application; all of them when left out")
    public String application = "";

    @Override
    public String getName() {
        return "shera-alerts";
    }

    @Override
    public String getShortDescription() {
        return Messages.AlertsCommand_description();
    }

    @Override
    protected int run() {
        try {
            Tenant of = Found.tenant(tenant, SheraPermissions.VIEW);
            AlertFacts.Answer answer = AlertFacts.of(of, Found.application(of, application));
            for (ActiveAlert alert : answer.alerts()) {
                stdout.println(String.join(
                        "\t",
                        alert.state(),
                        alert.label("severity"),
                        alert.label("application"),
                        alert.label("environment"),
                        alert.label("metric"),
                        alert.label("pod").isEmpty() ? "-" : alert.label("pod"),
                        alert.since(),
                        alert.value()));
            }
            answer.silent().forEach(server -> stderr.println(Messages.AlertsCommand_silent(server)));
            return answer.silent().isEmpty() ? 0 : 2;
        } catch (Refusal e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }
}
