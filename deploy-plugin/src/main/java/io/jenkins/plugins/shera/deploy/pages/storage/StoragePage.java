package io.jenkins.plugins.shera.deploy.pages.storage;

import io.jenkins.plugins.shera.deploy.pages.place.PlacesPage;
import io.jenkins.plugins.shera.deploy.steps.storage.StorageDesk;
import io.jenkins.plugins.shera.deploy.storage.VolumeOrder;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The volumes of one application in each environment, and the ways to change them. */
@ExportedBean
public final class StoragePage extends PlacesPage {

    StoragePage(Tenant tenant, Application application) {
        super(tenant, application, "storage", Messages.StorageTab_title(), Messages.class);
    }

    /** One for each environment, in order. */
    @Exported
    public List<StorageView> getStorages() {
        return each(place -> new StorageView(subject(place), mayChange(place)));
    }

    /** Changes the claim {@code claim}: {@code size}, {@code snapshot} or {@code restore}. */
    @RequirePOST
    public HttpResponse doChange(StaplerRequest2 request) {
        return change(request, "storage.change", (subject, fields) -> {
            VolumeOrder order = order(fields);
            fields.done();
            return StorageDesk.change(subject, order);
        });
    }

    /** Deletes the claim {@code claim} or the snapshot {@code snapshot}; {@code confirm} is its name once more. */
    @RequirePOST
    public HttpResponse doDelete(StaplerRequest2 request) {
        return change(request, "storage.delete", (subject, fields) -> {
            String claim = fields.text("claim");
            String snapshot = fields.text("snapshot");
            String confirmed = fields.text("confirm");
            fields.done();
            if (claim.isEmpty() == snapshot.isEmpty()) {
                throw Refusal.input("claim", Messages.StoragePage_one(), Messages.StoragePage_one_next());
            }
            return claim.isEmpty()
                    ? StorageDesk.deleteSnapshot(subject, snapshot, confirmed)
                    : StorageDesk.deleteClaim(subject, claim, confirmed);
        });
    }

    private static VolumeOrder order(Fields fields) {
        try {
            return VolumeOrder.of(
                    fields.text("claim"), fields.text("size"), fields.text("snapshot"), fields.text("restore"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("claim", e.getMessage(), "");
        }
    }
}
