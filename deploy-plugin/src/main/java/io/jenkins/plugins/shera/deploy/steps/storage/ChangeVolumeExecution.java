package io.jenkins.plugins.shera.deploy.steps.storage;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.StorageLaw;
import io.jenkins.plugins.shera.deploy.storage.Storage;
import io.jenkins.plugins.shera.deploy.storage.StorageException;
import io.jenkins.plugins.shera.deploy.storage.VolumeOrder;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/** Gives one order and waits until the cluster has done it; the order may be given again, so after a restart it simply goes on. */
final class ChangeVolumeExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ChangeVolumeExecution.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);

    private final String tenant;
    private final String application;
    private final String environment;
    private final String cluster;
    private final String namespace;
    private final VolumeOrder order;
    private final String actor;
    private final long deadlineMillis;
    private volatile boolean applied;

    private transient volatile Throwable stopped;
    private transient volatile boolean ended;
    private transient String said;
    private transient Schedule ticks;
    private transient boolean away;

    ChangeVolumeExecution(StepContext context, Subject subject, VolumeOrder order, String actor, int seconds) {
        super(context);
        this.tenant = subject.tenant();
        this.application = subject.application();
        this.environment = subject.environment();
        this.cluster = subject.cluster();
        this.namespace = subject.namespace();
        this.order = order;
        this.actor = actor;
        this.deadlineMillis =
                System.currentTimeMillis() + Duration.ofSeconds(seconds).toMillis();
    }

    private Subject subject() {
        return new Subject(tenant, application, environment, cluster, namespace);
    }

    @Override
    public boolean start() {
        begin();
        return false;
    }

    @Override
    public void onResume() {
        begin();
    }

    private void begin() {
        said = "";
        ticks = Schedules.get().every(TICK, "a volume of " + subject(), ACL.SYSTEM_USERNAME, this::tick);
    }

    /** What was ordered stays ordered; the cluster goes on with it. */
    @Override
    public void stop(Throwable cause) {
        stopped = cause;
    }

    @Override
    public String getStatus() {
        return "changing storage of " + subject() + ": " + order;
    }

    private void tick() {
        if (ended) {
            return;
        }
        if (stopped != null) {
            end();
            getContext().onFailure(stopped);
            return;
        }
        try (ACLContext ignored = ACL.as2(identity())) {
            act(getContext().get(Run.class), getContext().get(TaskListener.class));
        } catch (StorageException | Refusal | IllegalArgumentException e) {
            fail(e.getMessage());
        } catch (KubeException e) {
            later(e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "the change of storage of " + subject() + " failed", e);
            end();
            getContext().onFailure(e);
        }
    }

    private void act(Run<?, ?> run, TaskListener listener) throws StorageException, KubeException {
        TenantContext.forRun(run, tenant, SheraPermissions.DEPLOY);
        try (ClusterClient client = StorageDesk.open(subject())) {
            Storage storage =
                    new Storage(client.api(), subject(), StorageLaw.of(tenant, cluster), run.getExternalizableId());
            if (!applied) {
                listener.getLogger().println(storage.apply(order));
                applied = true;
                StorageRecord.done(subject(), order.toString(), actor, run);
                getContext().saveState();
            }
            Optional<String> pending = storage.pending(order);
            away = false;
            if (pending.isEmpty()) {
                listener.getLogger().println("Done: " + order + ".");
                end();
                getContext().onSuccess(null);
            } else if (System.currentTimeMillis() > deadlineMillis) {
                fail("The storage of " + subject() + " was not ready in time: " + pending.get()
                        + " The cluster goes on with it; look at the tab Storage.");
            } else if (!pending.get().equals(said)) {
                said = pending.get();
                listener.getLogger().println(said);
            }
        }
    }

    /** A cluster that is away for a while does not end what it carries on by itself. */
    private void later(KubeException e) {
        if (!applied || !e.kind().isPassing() || System.currentTimeMillis() > deadlineMillis) {
            fail("Cannot change the storage of " + subject() + ". " + e.getMessage());
            return;
        }
        if (!away) {
            LOGGER.log(Level.INFO, "{0} Asking again.", e.getMessage());
        }
        away = true;
    }

    private void fail(String message) {
        try {
            StorageRecord.failed(subject(), order.toString(), getContext().get(Run.class), message);
        } catch (IOException | InterruptedException | RuntimeException unwritten) {
            LOGGER.log(
                    Level.WARNING, "cannot record that the change of storage of " + subject() + " failed", unwritten);
        }
        end();
        getContext().onFailure(new AbortException(message));
    }

    private Authentication identity() {
        if (ACL.SYSTEM_USERNAME.equals(actor)) {
            return ACL.SYSTEM2;
        }
        User user = User.getById(actor, false);
        return user == null ? Jenkins.ANONYMOUS2 : user.impersonate2();
    }

    private void end() {
        ended = true;
        ticks.cancel();
    }
}
