package io.jenkins.plugins.shera.deploy.pages.history;

import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The revisions of one application in each environment; going back to one is a verb of the page Releases. */
@ExportedBean
public final class HistoryPage extends TabPage {

    private final Tenant tenant;
    private final Application application;

    HistoryPage(Tenant tenant, Application application) {
        super(application, "history");
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.HistoryTab_title();
    }

    @Override
    public String getPlugin() {
        return "shera-deploy";
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** Name of the application. */
    @Exported
    public String getApplication() {
        return application.getName();
    }

    /** One for each environment, in order. */
    @Exported
    public List<HistoryView> getHistories() {
        return application.getEnvironments().stream()
                .map(each -> HistoryView.of(
                        ScaleDesk.subject(application, each),
                        TenantFolder.allows(tenant, SheraPermissions.DEPLOY)
                                && (!each.getPolicy().isRequirePromote()
                                        || TenantFolder.allows(tenant, SheraPermissions.PROMOTE))))
                .toList();
    }
}
