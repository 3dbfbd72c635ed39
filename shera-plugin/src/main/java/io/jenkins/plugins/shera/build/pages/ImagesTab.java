package io.jenkins.plugins.shera.build.pages;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Images. */
@Extension
public class ImagesTab extends ApplicationTab {
    static final String ID = "images";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return Messages.images();
    }

    @Override
    public String icon() {
        return "symbol-images plugin-shera";
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new ImagesPage(tenant, application);
    }
}
