package io.jenkins.plugins.shera.deploy.steps.storage;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.StorageLaw;
import io.jenkins.plugins.shera.deploy.steps.order.OrderExecution;
import io.jenkins.plugins.shera.deploy.storage.Storage;
import io.jenkins.plugins.shera.deploy.storage.StorageException;
import io.jenkins.plugins.shera.deploy.storage.VolumeOrder;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import java.io.PrintStream;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jvnet.localizer.Localizable;

/** Changes a volume or takes a snapshot, and waits until the cluster has done it. */
final class ChangeVolumeExecution extends OrderExecution<VolumeOrder> {

    private static final long serialVersionUID = 1L;

    private transient String said;

    ChangeVolumeExecution(StepContext context, Subject subject, VolumeOrder order, String actor, int seconds) {
        super(context, subject, order, actor, seconds);
    }

    @Override
    protected String what() {
        return "change the storage of " + subject();
    }

    @Override
    protected String action() {
        return "storage.change";
    }

    @Override
    protected Localizable title() {
        return Messages._StorageRecord_changed(order().toString());
    }

    @Override
    public String getStatus() {
        return "changing storage of " + subject() + ": " + order();
    }

    @Override
    protected void begin() {
        said = "";
    }

    private Storage storage(ClusterClient client, String build) {
        return new Storage(
                client.api(),
                subject(),
                StorageLaw.of(subject().tenant(), subject().cluster()),
                build);
    }

    @Override
    protected String give(ClusterClient client, String build) throws StorageException, KubeException {
        return storage(client, build).apply(order());
    }

    @Override
    protected boolean isDone(ClusterClient client, String build, PrintStream log)
            throws StorageException, KubeException {
        Optional<String> pending = storage(client, build).pending(order());
        if (pending.isEmpty()) {
            log.println("Done: " + order() + ".");
            return true;
        }
        if (System.currentTimeMillis() > deadlineMillis()) {
            fail("The storage of " + subject() + " was not ready in time: " + pending.get()
                    + " The cluster goes on with it; look at the tab Storage.");
        } else if (!pending.get().equals(said)) {
            said = pending.get();
            log.println(said);
        }
        return false;
    }
}
