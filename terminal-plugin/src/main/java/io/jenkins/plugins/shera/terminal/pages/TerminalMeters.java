package io.jenkins.plugins.shera.terminal.pages;

import hudson.Extension;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.MeterSource;
import io.jenkins.plugins.shera.platform.meters.Reading;
import io.jenkins.plugins.shera.platform.meters.Total;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many terminal sessions are open, by tenant. */
@Extension
public final class TerminalMeters extends MeterSource {

    @Override
    public List<Reading> readings() {
        List<Reading> all = new ArrayList<>();
        for (Tenant tenant : SheraConfiguration.get().getTenants()) {
            int open = 0;
            for (Application each : SheraConfiguration.get().applicationsOf(tenant.getId())) {
                open += TerminalDesk.get().of(tenant.getId(), each.getName()).size();
            }
            all.add(new Reading(
                    "shera_terminal_sessions",
                    "Terminal sessions that are open.",
                    Map.of("tenant", tenant.getId()),
                    open));
        }
        return all;
    }

    @Override
    public List<Total> totals() {
        return List.of(new Total(
                "terminal.sessions",
                () -> readings().stream().mapToLong(each -> (long) each.value()).sum()));
    }
}
