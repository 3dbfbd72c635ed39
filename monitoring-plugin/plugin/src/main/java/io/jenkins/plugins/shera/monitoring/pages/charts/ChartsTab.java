package io.jenkins.plugins.shera.monitoring.pages.charts;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Charts, for who sees the application. */
@Extension
public class ChartsTab extends ApplicationTab {

    @Override
    public String id() {
        return "charts";
    }

    @Override
    public String title() {
        return Messages.ChartsTab_title();
    }

    @Override
    public String icon() {
        return "symbol-charts plugin-shera-monitoring";
    }

    @Override
    public int order() {
        return 55;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new ChartsPage(tenant, application);
    }
}
