package io.jenkins.plugins.shera.monitoring.pages;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Logs, for who may read logs. */
@Extension
public class LogsTab extends ApplicationTab {

    @Override
    public String id() {
        return "logs";
    }

    @Override
    public String title() {
        return Messages.LogsTab_title();
    }

    @Override
    public String icon() {
        return "symbol-logs plugin-shera-monitoring";
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.LOGS;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new LogsPage(tenant, application);
    }
}
