package io.jenkins.plugins.shera.deploy.pages.history;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab History. */
@Extension
public class HistoryTab extends ApplicationTab {

    @Override
    public String id() {
        return "history";
    }

    @Override
    public String title() {
        return Messages.HistoryTab_title();
    }

    @Override
    public String icon() {
        return "symbol-history plugin-shera-deploy";
    }

    @Override
    public int order() {
        return 21;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new HistoryPage(tenant, application);
    }
}
