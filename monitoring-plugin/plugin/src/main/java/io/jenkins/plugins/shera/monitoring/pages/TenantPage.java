package io.jenkins.plugins.shera.monitoring.pages;

import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.pages.Addresses;
import io.jenkins.plugins.shera.platform.pages.SheraPage;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A page of monitoring that belongs to a tenant as a whole; its caller may see the tenant. */
@ExportedBean
public abstract class TenantPage extends SheraPage {

    protected final Tenant tenant;

    private final String id;

    /** @param id the last part of its address, below the tenant's */
    protected TenantPage(Tenant tenant, String id) {
        this.tenant = tenant;
        this.id = id;
    }

    @Override
    public final String getPageName() {
        return id;
    }

    @Override
    public final String getPageUrl() {
        return getTenantUrl() + "/" + id;
    }

    @Override
    public final String getPlugin() {
        return "shera-monitoring";
    }

    @Override
    public final String getStylesheet() {
        return "shera-monitoring.css";
    }

    @Exported
    public final String getTenant() {
        return tenant.getId();
    }

    @Exported
    public final String getTitle() {
        return tenant.title();
    }

    @Exported
    public final String getTenantUrl() {
        return Addresses.of(tenant);
    }

    /** Names of the tenant's applications. */
    @Exported
    public final List<String> getApplications() {
        return SheraConfiguration.get().applicationsOf(tenant.getId()).stream()
                .map(Application::getName)
                .toList();
    }
}
