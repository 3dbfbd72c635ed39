package io.jenkins.plugins.shera.monitoring.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.monitoring.desk.ThresholdFacts;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import org.kohsuke.args4j.Argument;

/**
 * {@code shera-thresholds TENANT APPLICATION [ENVIRONMENT]}: what holds, one metric a line: metric, warning, critical, for, level and
 * series, separated by tabs; the first line says whether Prometheus has the rules.
 */
@Extension
public class ThresholdsCommand extends CLICommand {

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "name of the application")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", usage = "name of the environment; all of them when left out")
    public String environment = "";

    @Override
    public String getName() {
        return "shera-thresholds";
    }

    @Override
    public String getShortDescription() {
        return Messages.ThresholdsCommand_description();
    }

    @Override
    protected int run() throws IOException {
        try {
            Tenant of = Found.tenant(tenant, SheraPermissions.VIEW);
            Application found = Found.application(of, application);
            ObjectNode facts = ThresholdFacts.of(of, found, Found.environment(of, found, environment));
            stdout.println("version " + facts.path("version").asLong() + "\t"
                    + facts.path("server").asText() + "\t" + facts.path("rules").asText());
            for (JsonNode each : facts.path("thresholds")) {
                boolean off = each.path("off").asBoolean();
                stdout.println(String.join(
                        "\t",
                        each.path("metric").asText(),
                        off ? "off" : shown(each.path("warning").asText()),
                        off ? "off" : shown(each.path("critical").asText()),
                        each.path("for").asText(),
                        each.path("level").asText(),
                        shown(each.path("series").asText())));
            }
            return 0;
        } catch (Refusal e) {
            stderr.println(e.getMessage());
            return 1;
        }
    }

    private static String shown(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
