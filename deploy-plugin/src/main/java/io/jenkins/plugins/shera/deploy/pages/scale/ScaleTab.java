package io.jenkins.plugins.shera.deploy.pages.scale;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Scale. */
@Extension
public class ScaleTab extends ApplicationTab {

    @Override
    public String id() {
        return "scale";
    }

    @Override
    public String title() {
        return Messages.ScaleTab_title();
    }

    @Override
    public String icon() {
        return "symbol-scale plugin-shera-deploy";
    }

    @Override
    public int order() {
        return 22;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new ScalePage(tenant, application);
    }
}
