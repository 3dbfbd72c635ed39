package io.jenkins.plugins.shera.deploy.pages.storage;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.storage.StorageDesk;
import io.jenkins.plugins.shera.deploy.storage.StorageFacts;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The storage of an application in one environment, as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class StorageView {

    private final Subject subject;
    private final boolean mayChange;
    private final StorageFacts facts;
    private final String trouble;

    private StorageView(Subject subject, boolean mayChange, StorageFacts facts, String trouble) {
        this.subject = subject;
        this.mayChange = mayChange;
        this.facts = facts;
        this.trouble = trouble;
    }

    /** As the cluster has it now; what keeps it from being read stands in {@link #getTrouble}. */
    static StorageView of(Subject subject, boolean mayChange) {
        try {
            return new StorageView(subject, mayChange, StorageDesk.look(subject), "");
        } catch (Refusal e) {
            return new StorageView(
                    subject, mayChange, new StorageFacts(List.of(), List.of(), List.of(), false), e.getMessage());
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

    @Exported
    public boolean isMayChange() {
        return mayChange;
    }

    @Exported
    public String getTrouble() {
        return trouble;
    }

    /** Whether the cluster can take snapshots. */
    @Exported
    public boolean isCanSnapshot() {
        return facts.canSnapshot();
    }

    /** Claims made for the application, and those that it mounts. */
    @Exported
    public List<ClaimView> getClaims() {
        return facts.claims().stream().map(ClaimView::new).toList();
    }

    /** Newest first. */
    @Exported
    public List<SnapshotView> getSnapshots() {
        return facts.snapshots().stream().map(SnapshotView::new).toList();
    }

    /** StorageClasses that the tenant may use. */
    @Exported
    public List<ClassView> getClasses() {
        return facts.classes().stream().map(ClassView::new).toList();
    }
}
