package io.jenkins.plugins.shera.platform.cli;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Option;

/** {@code shera-audit [-tenant ID] [-count N]}: the newest lines of the audit trail, newest first, separated by tabs. */
@Extension
public class AuditCommand extends CLICommand {

    @Option(name = "-tenant", usage = "only this tenant's lines")
    public String tenant = "";

    @Option(name = "-count", usage = "how many lines, at most 500")
    public int count = 50;

    @Override
    public String getName() {
        return "shera-audit";
    }

    @Override
    public String getShortDescription() {
        return Messages.AuditCommand_description();
    }

    @Override
    protected int run() throws IOException {
        Tenant of = SheraConfiguration.get().tenant(tenant);
        if (of == null || !TenantFolder.allows(of, SheraPermissions.VIEW)) {
            Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        }
        int limit = Math.max(1, Math.min(500, count));
        for (AuditEntry entry :
                AuditLog.get().trail().search(AuditQuery.newest(tenant, limit)).entries()) {
            stdout.println(String.join(
                    "\t",
                    entry.at().toString(),
                    entry.who(),
                    entry.from(),
                    entry.what(),
                    entry.subject(),
                    entry.outcome().text()));
        }
        return 0;
    }
}
