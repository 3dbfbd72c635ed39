package io.jenkins.plugins.shera.platform.pages;

import hudson.model.User;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.favourites.FavouriteApplications;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An application as one row of its tenant's page. */
@ExportedBean(defaultVisibility = 999)
public final class ApplicationSummary {

    private final Application application;

    ApplicationSummary(Application application) {
        this.application = application;
    }

    @Exported
    public String getName() {
        return application.getName();
    }

    @Exported
    public String getTitle() {
        return application.title();
    }

    @Exported
    public String getDescription() {
        return application.getDescription();
    }

    @Exported
    public String getUrl() {
        return Addresses.of(application);
    }

    @Exported
    public List<String> getEnvironments() {
        return application.getEnvironments().stream().map(Environment::getName).toList();
    }

    /** Whether it is a favourite of who asks; null where nobody is signed in. */
    @Exported
    public Boolean getFavourite() {
        return User.current() == null ? null : FavouriteApplications.has(application);
    }

    /** The newest entry of its timeline, null when nothing happened yet. */
    @Exported
    public TimelineRow getLastChange() throws IOException {
        List<TimelineEntry> newest =
                Timelines.get().of(application).page(Long.MAX_VALUE, 1, null).entries();
        return newest.isEmpty() ? null : new TimelineRow(newest.get(0));
    }
}
