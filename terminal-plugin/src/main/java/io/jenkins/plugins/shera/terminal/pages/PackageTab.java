package io.jenkins.plugins.shera.terminal.pages;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Package, for who may keep what was changed by hand. */
@Extension
public class PackageTab extends ApplicationTab {

    @Override
    public String id() {
        return "package";
    }

    @Override
    public String title() {
        return Messages.PackageTab_title();
    }

    @Override
    public String icon() {
        return "symbol-package plugin-shera-terminal";
    }

    @Override
    public int order() {
        return 75;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.PACKAGE;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new PackagePage(tenant, application);
    }
}
