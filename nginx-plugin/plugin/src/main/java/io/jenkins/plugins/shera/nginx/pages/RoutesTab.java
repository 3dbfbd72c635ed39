package io.jenkins.plugins.shera.nginx.pages;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Routes. */
@Extension
public class RoutesTab extends ApplicationTab {
    static final String ID = "routes";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return Messages.routes();
    }

    @Override
    public String icon() {
        return "symbol-routes plugin-shera-nginx";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new RoutesPage(tenant, application);
    }
}
