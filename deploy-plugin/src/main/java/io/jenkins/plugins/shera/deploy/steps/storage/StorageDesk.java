package io.jenkins.plugins.shera.deploy.steps.storage;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.StorageLaw;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.deploy.steps.order.OrderRecord;
import io.jenkins.plugins.shera.deploy.storage.Storage;
import io.jenkins.plugins.shera.deploy.storage.StorageException;
import io.jenkins.plugins.shera.deploy.storage.StorageFacts;
import io.jenkins.plugins.shera.deploy.storage.VolumeOrder;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.time.Duration;
import jenkins.model.Jenkins;

/** What pages and commands ask of storage: within a time limit, every no a {@link Refusal}. The caller has checked the permission. */
public final class StorageDesk {

    private static final Duration LOOK = Duration.ofSeconds(6);
    private static final Duration WRITE = Duration.ofSeconds(30);

    private StorageDesk() {}

    private interface Work<V> {
        V by(Storage storage) throws StorageException, KubeException;
    }

    /** The storage now. */
    public static StorageFacts look(Subject subject) {
        return within(LOOK, subject, Storage::look);
    }

    /** Does it in the name of the caller and says what was done; the cluster goes on with it by itself. */
    public static String change(Subject subject, VolumeOrder order) {
        return recorded(subject, order.toString(), within(WRITE, subject, storage -> storage.apply(order)));
    }

    /**
     * Deletes a claim with its data in the name of the caller.
     *
     * @param confirmed the claim's name once more
     */
    public static String deleteClaim(Subject subject, String claim, String confirmed) {
        confirm(claim, confirmed);
        return recorded(subject, "delete " + claim, within(WRITE, subject, storage -> storage.deleteClaim(claim)));
    }

    /**
     * Deletes a snapshot in the name of the caller.
     *
     * @param confirmed the snapshot's name once more
     */
    public static String deleteSnapshot(Subject subject, String snapshot, String confirmed) {
        confirm(snapshot, confirmed);
        return recorded(
                subject,
                "delete snapshot " + snapshot,
                within(WRITE, subject, storage -> storage.deleteSnapshot(snapshot)));
    }

    private static void confirm(String name, String confirmed) {
        if (name.isEmpty() || !name.equals(confirmed)) {
            throw Refusal.input("confirm", Messages.StorageDesk_confirm(), Messages.StorageDesk_confirm_next());
        }
    }

    private static String recorded(Subject subject, String what, String done) {
        OrderRecord record =
                new OrderRecord(subject, Jenkins.getAuthentication2().getName(), null);
        record.line("storage.change", what).done();
        record.tell(Messages._StorageRecord_changed(what), "");
        return done;
    }

    private static <V> V within(Duration limit, Subject subject, Work<V> work) {
        return ClusterDesk.within(
                limit,
                subject,
                client -> work.by(
                        new Storage(client.api(), subject, StorageLaw.of(subject.tenant(), subject.cluster()), "")));
    }
}
