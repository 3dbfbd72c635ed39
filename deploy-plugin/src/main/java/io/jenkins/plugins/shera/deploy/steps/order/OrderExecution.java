package io.jenkins.plugins.shera.deploy.steps.order;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.order.OrderException;
import io.jenkins.plugins.shera.deploy.steps.Identity;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jvnet.localizer.Localizable;

/**
 * Gives one order and waits until the cluster has done it; the order may be given again, so after a restart it simply goes on.
 *
 * @param <O> the order; its text is for people
 */
public abstract class OrderExecution<O extends Serializable> extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(OrderExecution.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);

    private final String tenant;
    private final String application;
    private final String environment;
    private final String cluster;
    private final String namespace;
    private final O order;
    private final String actor;
    private final long deadlineMillis;
    private volatile boolean applied;

    private transient volatile Throwable stopped;
    private transient volatile boolean ended;
    private transient Schedule ticks;
    private transient boolean away;

    /** {@code actor} is who asked, {@code seconds} how long it may take. */
    protected OrderExecution(StepContext context, Subject subject, O order, String actor, int seconds) {
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

    /** What is changed. */
    protected final Subject subject() {
        return new Subject(tenant, application, environment, cluster, namespace);
    }

    /** What was ordered. */
    protected final O order() {
        return order;
    }

    /** When it must be done, by this machine's clock. */
    protected final long deadlineMillis() {
        return deadlineMillis;
    }

    /** For people, in the middle of a sentence: {@code scale dev/shop}. */
    protected abstract String what();

    /** The word of the audit trail. */
    protected abstract String action();

    /** What the timeline says of it. */
    protected abstract Localizable title();

    /** Called before the first look, and again after a restart. */
    protected abstract void begin();

    /** Gives the order in the name of a build; a sentence about what was done. */
    protected abstract String give(ClusterClient client, String build) throws OrderException, KubeException;

    /** Looks once how far it is; whether it is done. What cannot be done any more is told to {@link #fail}. */
    protected abstract boolean isDone(ClusterClient client, String build, PrintStream log)
            throws OrderException, KubeException;

    @Override
    public final boolean start() {
        go();
        return false;
    }

    @Override
    public final void onResume() {
        go();
    }

    private void go() {
        begin();
        ticks = Schedules.get().every(TICK, what(), ACL.SYSTEM_USERNAME, this::tick);
    }

    /** What was ordered stays ordered; the cluster goes on with it. */
    @Override
    public final void stop(Throwable cause) {
        stopped = cause;
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
        try (ACLContext ignored = ACL.as2(Identity.of(actor))) {
            act(
                    getContext().get(Run.class),
                    getContext().get(TaskListener.class).getLogger());
        } catch (OrderException | Refusal | IllegalArgumentException e) {
            fail(e.getMessage());
        } catch (KubeException e) {
            later(e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "cannot " + what(), e);
            end();
            getContext().onFailure(e);
        }
    }

    private void act(Run<?, ?> run, PrintStream log) throws OrderException, KubeException {
        TenantContext.forRun(run, tenant, SheraPermissions.DEPLOY);
        String build = run.getExternalizableId();
        try (ClusterClient client = ClusterDesk.open(subject())) {
            if (!applied) {
                log.println(give(client, build));
                applied = true;
                OrderRecord record = new OrderRecord(subject(), actor, run);
                record.line(action(), order.toString()).done();
                record.tell(title(), "");
                getContext().saveState();
            }
            boolean done = isDone(client, build, log);
            away = false;
            if (done && !ended) {
                end();
                getContext().onSuccess(null);
            }
        }
    }

    /** A cluster that is away for a while does not end what it carries on by itself. */
    private void later(KubeException e) {
        if (!applied || !e.kind().isPassing() || System.currentTimeMillis() > deadlineMillis) {
            fail("Cannot " + what() + ". " + e.getMessage());
            return;
        }
        if (!away) {
            LOGGER.log(Level.INFO, "{0} Asking again.", e.getMessage());
        }
        away = true;
    }

    /** Ends it as failed. */
    protected final void fail(String message) {
        try {
            new OrderRecord(subject(), actor, getContext().get(Run.class))
                    .line(action(), order.toString())
                    .failed(message);
        } catch (IOException | InterruptedException | RuntimeException unwritten) {
            LOGGER.log(Level.WARNING, "cannot record that it failed to " + what(), unwritten);
        }
        end();
        getContext().onFailure(new AbortException(message));
    }

    private void end() {
        ended = true;
        ticks.cancel();
    }
}
