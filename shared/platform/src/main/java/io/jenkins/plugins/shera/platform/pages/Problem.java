package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.config.Damage;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Something an administrator should look at. */
@ExportedBean(defaultVisibility = 999)
public final class Problem {

    private final String where;
    private final String why;
    private final String next;

    private Problem(String where, String why, String next) {
        this.where = where;
        this.why = why;
        this.next = next;
    }

    /** Everything that is wrong with what is stored. */
    static List<Problem> all() {
        SheraConfiguration configuration = SheraConfiguration.get();
        List<Problem> problems = new ArrayList<>();
        for (Damage damage : configuration.damages()) {
            problems.add(new Problem(
                    damage.file(),
                    io.jenkins.plugins.shera.platform.Messages.Problem_damaged(damage.why()),
                    io.jenkins.plugins.shera.platform.Messages.Problem_damaged_next()));
        }
        for (Tenant tenant : configuration.getTenants()) {
            if (TenantFolder.of(tenant) == null) {
                problems.add(new Problem(
                        tenant.getId(),
                        io.jenkins.plugins.shera.platform.Messages.Problem_unbound(),
                        io.jenkins.plugins.shera.platform.Messages.Problem_unbound_next()));
            }
        }
        String audit = AuditLog.get().lastFailure();
        if (!audit.isEmpty()) {
            problems.add(new Problem(
                    "audit.jsonl",
                    io.jenkins.plugins.shera.platform.Messages.Problem_audit(audit),
                    io.jenkins.plugins.shera.platform.Messages.Problem_audit_next()));
        }
        return problems;
    }

    @Exported
    public String getWhere() {
        return where;
    }

    @Exported
    public String getWhy() {
        return why;
    }

    @Exported
    public String getNext() {
        return next;
    }
}
