package io.jenkins.plugins.shera.nginx.pages;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.TenantPage;

/** NgFront: the nginx clusters of a tenant, at {@code tenant/<t>/nginx/}. */
@Extension
public class NginxTenantPage extends TenantPage {
    @Override
    public String id() {
        return NgFrontPage.ID;
    }

    @Override
    public String title() {
        return Messages.nginx();
    }

    @Override
    public String icon() {
        return "symbol-routes plugin-shera-nginx";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant) {
        return new NgFrontPage(tenant);
    }
}
