package io.jenkins.plugins.shera.deploy.pages.history;

import io.jenkins.plugins.shera.deploy.pages.place.PlacesPage;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The revisions of one application in each environment; going back to one is a verb of the page Releases. */
@ExportedBean
public final class HistoryPage extends PlacesPage {

    HistoryPage(Tenant tenant, Application application) {
        super(tenant, application, "history", Messages.HistoryTab_title(), Messages.class);
    }

    /** One for each environment, in order. */
    @Exported
    public List<HistoryView> getHistories() {
        return each(place -> new HistoryView(subject(place), mayRelease(place)));
    }
}
