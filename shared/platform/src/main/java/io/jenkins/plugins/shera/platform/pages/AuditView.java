package io.jenkins.plugins.shera.platform.pages;

import hudson.model.Api;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.audit.AuditEntry;
import io.jenkins.plugins.shera.platform.audit.AuditPage;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The audit trail: one tenant's for who may see that tenant, the whole for who may administer SheRa. */
@ExportedBean
public final class AuditView extends SheraPage implements StaplerProxy {

    private AuditPage page;

    @Override
    public Object getTarget() {
        Tenant tenant = SheraConfiguration.get().tenant(query().text("tenant"));
        if (tenant == null || !TenantFolder.allows(tenant, SheraPermissions.VIEW)) {
            Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        }
        return this;
    }

    @Override
    public String getDisplayName() {
        return io.jenkins.plugins.shera.platform.Messages.AuditView_displayName();
    }

    @Override
    public String getPageName() {
        return "audit";
    }

    @Override
    public String getPageUrl() {
        return Addresses.console() + "/audit";
    }

    /** Searches before the answer begins, so that a bad query is refused and not cut off in the middle. */
    @Override
    public Api getApi() {
        try {
            page();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return super.getApi();
    }

    @Exported
    public List<AuditRow> getEntries() throws IOException {
        return page().entries().stream().map(AuditRow::new).toList();
    }

    /** The {@code before} of the following page, null at the end. */
    @Exported
    public Long getNext() throws IOException {
        return page().next();
    }

    /** Lines a crash has torn, passed over on the way. */
    @Exported
    public int getDamagedLines() throws IOException {
        return page().damagedLines();
    }

    private AuditPage page() throws IOException {
        if (page == null) {
            QueryText query = query();
            AuditEntry.Outcome outcome = query.choice("outcome", AuditEntry.Outcome.class);
            page = AuditLog.get()
                    .trail()
                    .search(new AuditQuery(
                            query.text("text"),
                            query.text("who"),
                            query.text("tenant"),
                            query.text("what"),
                            outcome == null ? "" : outcome.text(),
                            query.instant("since"),
                            query.instant("until"),
                            query.before(),
                            query.limit()));
        }
        return page;
    }

    private static QueryText query() {
        return new QueryText(Stapler.getCurrentRequest2());
    }
}
