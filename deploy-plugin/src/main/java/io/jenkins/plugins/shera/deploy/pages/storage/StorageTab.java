package io.jenkins.plugins.shera.deploy.pages.storage;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Storage. */
@Extension
public class StorageTab extends ApplicationTab {

    @Override
    public String id() {
        return "storage";
    }

    @Override
    public String title() {
        return Messages.StorageTab_title();
    }

    @Override
    public String icon() {
        return "symbol-storage plugin-shera-deploy";
    }

    @Override
    public int order() {
        return 24;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new StoragePage(tenant, application);
    }
}
