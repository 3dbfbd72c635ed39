package io.jenkins.plugins.shera.platform.console;

import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A tab as another plugin brings it. */
final class SampleTab extends ApplicationTab {
    private final String id;
    private final Permission permission;

    SampleTab(String id, Permission permission) {
        this.id = id;
        this.permission = permission;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String title() {
        return id;
    }

    @Override
    public String icon() {
        return "symbol-cube";
    }

    @Override
    public int order() {
        return id.length();
    }

    @Override
    public Permission permission() {
        return permission;
    }

    @Override
    public Object page(Tenant tenant, Application application) {
        return new Content(application, id);
    }

    /** Its page. */
    @ExportedBean
    public static final class Content extends TabPage {
        Content(Application application, String id) {
            super(application, id);
        }

        @Override
        public String getDisplayName() {
            return getTab();
        }

        @Override
        public String getPlugin() {
            return "sample";
        }

        @Override
        public String getTexts() {
            return "{}";
        }

        @Exported
        public String getSecret() {
            return "seen";
        }
    }
}
