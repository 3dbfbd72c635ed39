package io.jenkins.plugins.shera.monitoring.pages.alerts;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Alerts: seen by who sees the application, changed by who has SheRa/Alert. */
@Extension
public class AlertsTab extends ApplicationTab {

    @Override
    public String id() {
        return "alerts";
    }

    @Override
    public String title() {
        return Messages.AlertsTab_title();
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
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new AlertsPage(tenant, application);
    }
}
