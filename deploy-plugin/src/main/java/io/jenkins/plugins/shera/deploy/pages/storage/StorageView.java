package io.jenkins.plugins.shera.deploy.pages.storage;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.pages.place.PlaceView;
import io.jenkins.plugins.shera.deploy.steps.storage.StorageDesk;
import io.jenkins.plugins.shera.deploy.storage.StorageFacts;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The storage of an application in one environment, as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class StorageView extends PlaceView<StorageFacts> {

    private final boolean mayChange;

    /** As the cluster has it now. */
    StorageView(Subject subject, boolean mayChange) {
        super(subject, StorageDesk::look, new StorageFacts(List.of(), List.of(), List.of(), false));
        this.mayChange = mayChange;
    }

    @Exported
    public boolean isMayChange() {
        return mayChange;
    }

    /** Whether the cluster can take snapshots. */
    @Exported
    public boolean isCanSnapshot() {
        return facts().canSnapshot();
    }

    /** Claims made for the application, and those that it mounts. */
    @Exported
    public List<ClaimView> getClaims() {
        return facts().claims().stream().map(ClaimView::new).toList();
    }

    /** Newest first. */
    @Exported
    public List<SnapshotView> getSnapshots() {
        return facts().snapshots().stream().map(SnapshotView::new).toList();
    }

    /** StorageClasses that the tenant may use. */
    @Exported
    public List<ClassView> getClasses() {
        return facts().classes().stream().map(ClassView::new).toList();
    }
}
