package io.jenkins.plugins.shera.deploy.pages.middleware;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Middleware. */
@Extension
public class MiddlewareTab extends ApplicationTab {

    @Override
    public String id() {
        return "middleware";
    }

    @Override
    public String title() {
        return Messages.MiddlewareTab_title();
    }

    @Override
    public String icon() {
        return "symbol-middleware plugin-shera-deploy";
    }

    @Override
    public int order() {
        return 25;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new MiddlewarePage(tenant, application);
    }
}
