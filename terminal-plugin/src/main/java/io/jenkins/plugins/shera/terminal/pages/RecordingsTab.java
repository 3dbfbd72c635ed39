package io.jenkins.plugins.shera.terminal.pages;

import hudson.Extension;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;

/** The tab Recordings, for who may watch what was done in terminals. */
@Extension
public class RecordingsTab extends ApplicationTab {

    @Override
    public String id() {
        return "recordings";
    }

    @Override
    public String title() {
        return Messages.RecordingsTab_title();
    }

    @Override
    public String icon() {
        return "symbol-recording plugin-shera-terminal";
    }

    @Override
    public int order() {
        return 72;
    }

    @Override
    public Permission permission() {
        return SheraPermissions.REVIEW;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new RecordingsPage(tenant, application);
    }
}
