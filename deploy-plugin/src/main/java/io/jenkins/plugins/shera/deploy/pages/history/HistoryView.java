package io.jenkins.plugins.shera.deploy.pages.history;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.history.Revision;
import io.jenkins.plugins.shera.deploy.steps.rollout.HistoryDesk;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The revisions of an application in one environment, as page and REST show them. */
@ExportedBean(defaultVisibility = 999)
public final class HistoryView {

    private final Subject subject;
    private final boolean mayUndo;
    private final List<Revision> revisions;
    private final String trouble;

    private HistoryView(Subject subject, boolean mayUndo, List<Revision> revisions, String trouble) {
        this.subject = subject;
        this.mayUndo = mayUndo;
        this.revisions = revisions;
        this.trouble = trouble;
    }

    /** As the cluster has it now; what keeps it from being read stands in {@link #getTrouble}. */
    static HistoryView of(Subject subject, boolean mayUndo) {
        try {
            return new HistoryView(subject, mayUndo, HistoryDesk.read(subject), "");
        } catch (Refusal e) {
            return new HistoryView(subject, mayUndo, List.of(), e.getMessage());
        }
    }

    @Exported
    public String getEnvironment() {
        return subject.environment();
    }

    @Exported
    public String getCluster() {
        return subject.cluster();
    }

    @Exported
    public String getNamespace() {
        return subject.namespace();
    }

    /** Whether the caller may go back to one. */
    @Exported
    public boolean isMayUndo() {
        return mayUndo;
    }

    @Exported
    public String getTrouble() {
        return trouble;
    }

    /** Newest first. */
    @Exported
    public List<RevisionView> getRevisions() {
        return revisions.stream()
                .map(each -> new RevisionView(subject.tenant(), each))
                .toList();
    }
}
