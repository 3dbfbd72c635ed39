package io.jenkins.plugins.shera.deploy.pages.history;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.history.Revision;
import io.jenkins.plugins.shera.deploy.pages.place.PlaceView;
import io.jenkins.plugins.shera.deploy.steps.rollout.HistoryDesk;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The revisions of an application in one environment, as page and REST show them. */
@ExportedBean(defaultVisibility = 999)
public final class HistoryView extends PlaceView<List<Revision>> {

    private final boolean mayUndo;

    /** As the cluster has it now. */
    HistoryView(Subject subject, boolean mayUndo) {
        super(subject, HistoryDesk::read, List.of());
        this.mayUndo = mayUndo;
    }

    /** Whether the caller may go back to one. */
    @Exported
    public boolean isMayUndo() {
        return mayUndo;
    }

    /** Newest first. */
    @Exported
    public List<RevisionView> getRevisions() {
        return facts().stream()
                .map(each -> new RevisionView(subject().tenant(), each))
                .toList();
    }
}
