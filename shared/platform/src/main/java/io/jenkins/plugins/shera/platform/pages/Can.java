package io.jenkins.plugins.shera.platform.pages;

import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What the caller may do for a tenant, so that a page offers nothing that would be refused. */
@ExportedBean(defaultVisibility = 999)
public final class Can {

    private final Tenant tenant;

    Can(Tenant tenant) {
        this.tenant = tenant;
    }

    private boolean may(Permission permission) {
        return TenantFolder.allows(tenant, permission);
    }

    @Exported
    public boolean isView() {
        return may(SheraPermissions.VIEW);
    }

    @Exported
    public boolean isBuild() {
        return may(SheraPermissions.BUILD);
    }

    @Exported
    public boolean isDeploy() {
        return may(SheraPermissions.DEPLOY);
    }

    @Exported
    public boolean isPromote() {
        return may(SheraPermissions.PROMOTE);
    }

    @Exported
    public boolean isRoute() {
        return may(SheraPermissions.ROUTE);
    }

    @Exported
    public boolean isAlert() {
        return may(SheraPermissions.ALERT);
    }

    @Exported
    public boolean isLogs() {
        return may(SheraPermissions.LOGS);
    }

    @Exported
    public boolean isTerminal() {
        return may(SheraPermissions.TERMINAL);
    }

    @Exported
    public boolean isPackage() {
        return may(SheraPermissions.PACKAGE);
    }

    @Exported
    public boolean isAdminister() {
        return may(SheraPermissions.ADMINISTER);
    }
}
