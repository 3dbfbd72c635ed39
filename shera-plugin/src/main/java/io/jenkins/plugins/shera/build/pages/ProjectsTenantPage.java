package io.jenkins.plugins.shera.build.pages;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.TenantPage;

/** The builds of a tenant, at {@code tenant/<t>/projects/}. */
@Extension
public class ProjectsTenantPage extends TenantPage {
    @Override
    public String id() {
        return ProjectsPage.ID;
    }

    @Override
    public String title() {
        return Messages.projects();
    }

    @Override
    public String icon() {
        return "symbol-cube";
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
    public Object page(Tenant tenant) {
        return new ProjectsPage(tenant);
    }
}
