package io.jenkins.plugins.shera.monitoring.pages.releasenews;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.TenantPage;

/** Who hears of a tenant's releases, at {@code tenant/<t>/releasenotices/}, for who may change alerts. */
@Extension
public class ReleaseNoticesTenantPage extends TenantPage {

    @Override
    public String id() {
        return ReleaseNoticesPage.ID;
    }

    @Override
    public String title() {
        return Messages.ReleaseNoticesPage_title();
    }

    @Override
    public String icon() {
        return "symbol-alerts plugin-shera-monitoring";
    }

    @Override
    public int order() {
        return 55;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.ALERT;
    }

    @Override
    public Object page(Tenant tenant) {
        return new ReleaseNoticesPage(tenant);
    }
}
