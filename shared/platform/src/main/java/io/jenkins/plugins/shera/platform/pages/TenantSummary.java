package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A tenant as one row of the console. */
@ExportedBean(defaultVisibility = 999)
public final class TenantSummary {

    private final Tenant tenant;

    TenantSummary(Tenant tenant) {
        this.tenant = tenant;
    }

    @Exported
    public String getId() {
        return tenant.getId();
    }

    @Exported
    public String getTitle() {
        return tenant.title();
    }

    @Exported
    public String getFolder() {
        return tenant.getFolder();
    }

    @Exported
    public String getUrl() {
        return Addresses.of(tenant);
    }

    @Exported
    public int getApplicationCount() {
        return SheraConfiguration.get().applicationsOf(tenant.getId()).size();
    }
}
