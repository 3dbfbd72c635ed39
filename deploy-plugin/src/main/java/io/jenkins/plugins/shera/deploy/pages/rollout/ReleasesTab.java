package io.jenkins.plugins.shera.deploy.pages.rollout;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Releases. */
@Extension
public class ReleasesTab extends ApplicationTab {

    @Override
    public String id() {
        return "releases";
    }

    @Override
    public String title() {
        return Messages.ReleasesTab_title();
    }

    @Override
    public String icon() {
        return "symbol-releases plugin-shera-deploy";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new ReleasesPage(tenant, application);
    }
}
