package io.jenkins.plugins.shera.platform.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import io.jenkins.plugins.shera.platform.timeline.TimelinePage;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A stretch of an application's timeline; the query says which. */
@ExportedBean
public final class TimelineView implements ModelObject {

    private final TimelinePage page;

    TimelineView(Application application) throws IOException {
        QueryText query = new QueryText(Stapler.getCurrentRequest2());
        page = Timelines.get()
                .of(application)
                .page(query.before(), query.limit(), query.choice("kind", TimelineEntry.Kind.class));
    }

    @Override
    public String getDisplayName() {
        return Messages.TimelineView_displayName();
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported
    public List<TimelineRow> getEntries() {
        return page.entries().stream().map(TimelineRow::new).toList();
    }

    /** The {@code before} of the following stretch, null at the end. */
    @Exported
    public Long getNext() {
        return page.next();
    }
}
