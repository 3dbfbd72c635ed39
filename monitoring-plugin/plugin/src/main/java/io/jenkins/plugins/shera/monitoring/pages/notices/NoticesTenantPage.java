package io.jenkins.plugins.shera.monitoring.pages.notices;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.TenantPage;

/** Receivers, routes and silences of a tenant, at {@code tenant/<t>/notices/}, for who may change alerts. */
@Extension
public class NoticesTenantPage extends TenantPage {

    @Override
    public String id() {
        return NoticesPage.ID;
    }

    @Override
    public String title() {
        return Messages.NoticesPage_title();
    }

    @Override
    public String icon() {
        return "symbol-alerts plugin-shera-monitoring";
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.ALERT;
    }

    @Override
    public Object page(Tenant tenant) {
        return new NoticesPage(tenant);
    }
}
