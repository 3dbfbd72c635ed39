package io.jenkins.plugins.shera.nginx.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Carries one push through its acts and saves it after each, so that after a restart it goes on with the node it was at. */
final class PushNginxExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(PushNginxExecution.class.getName());
    private static final Duration TICK = Duration.ofMillis(500);
    private static final long SAVE_SECONDS = 30;

    private final String tenant;
    private final String cluster;
    private final TreeMap<String, String> files;
    private final SitePush push;
    private final String who;
    private final String reason;

    /** Null in a push that began before there was one. */
    private final Reload reload;

    /** When the files come in force. */
    enum Reload {
        /** With the push. */
        NOW,
        /** By a later step, call or click. */
        LATER,
        /** Those that were written before, now. */
        WAITING
    }

    private transient volatile Throwable stopped;
    private transient volatile boolean ended;
    private transient boolean entered;
    private transient Schedule ticks;

    PushNginxExecution(
            StepContext context,
            String tenant,
            String cluster,
            TreeMap<String, String> files,
            SitePush push,
            String who,
            String reason,
            Reload reload) {
        super(context);
        this.tenant = tenant;
        this.cluster = cluster;
        this.files = files;
        this.push = push;
        this.who = who;
        this.reason = reason;
        this.reload = reload;
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
        ticks = Schedules.get().every(TICK, "push to nginx cluster " + cluster, ACL.SYSTEM_USERNAME, this::tick);
    }

    /** Every node gets back what it had, with the next tick. */
    @Override
    public void stop(Throwable cause) {
        stopped = cause;
    }

    @Override
    public String getStatus() {
        return "pushing to nginx cluster " + cluster;
    }

    private void tick() {
        if (ended) {
            return;
        }
        try {
            Run<?, ?> run = getContext().get(Run.class);
            TaskListener listener = getContext().get(TaskListener.class);
            NginxCluster nodes = NginxConfiguration.get()
                    .clusterFor(cluster, tenant)
                    .orElseThrow(() -> new SitePush.FailedException(
                            Messages.PublishRouteExecution_noNginx(cluster, tenant), null));
            if (reload == Reload.LATER) {
                write(nodes, listener);
                return;
            }
            if (!entered) {
                SiteDesk.enter(cluster);
                entered = true;
                if (reload == Reload.WAITING) {
                    requireReady(nodes);
                } else {
                    WaitingDesk.requireNone(cluster);
                }
            }
            if (stopped != null) {
                listener.getLogger().println(push.giveBack(nodes).strip());
                end();
                getContext().onFailure(stopped);
                return;
            }
            boolean done = push.act(nodes, listener.getLogger()::println);
            save();
            if (done) {
                if (reload == Reload.WAITING) {
                    WaitingDesk desk = new WaitingDesk(nodes);
                    desk.finish(desk.waiting(), run);
                } else {
                    SiteDesk.done(cluster, tenant, WaitingDesk.newest(cluster), files, who, reason, run);
                    SiteDesk.notes(cluster).keepBehind(push.behind(nodes));
                }
                end();
                getContext().onSuccess(null);
            }
        } catch (IOException e) {
            fail(e.getMessage());
        } catch (InterruptedException e) {
            // Jenkins goes down: what was saved goes on when it comes up.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "the push to nginx cluster " + cluster + " failed", e);
            end();
            getContext().onFailure(e);
        }
    }

    /** Changes nothing that is in force, so a repetition after a restart does no harm. */
    private void write(NginxCluster nodes, TaskListener listener) throws IOException, InterruptedException {
        new WaitingDesk(nodes)
                .write(
                        WaitingDesk.of(tenant, WaitingDesk.newest(cluster), files, who, reason, null),
                        listener.getLogger()::println);
        listener.getLogger().println(Messages.WaitingDesk_later(nodes.getNodes().size(), cluster));
        end();
        getContext().onSuccess(null);
    }

    /** The very files that were looked at when the step began. */
    private void requireReady(NginxCluster nodes) throws IOException, InterruptedException {
        WaitingDesk desk = new WaitingDesk(nodes);
        if (!desk.waiting().files().equals(files)) {
            throw new SitePush.FailedException(Messages.WaitingDesk_none(cluster), null);
        }
        desk.requireReady(desk.waiting());
    }

    private void fail(String message) {
        try {
            AuditLine.of("nginx.push", cluster)
                    .tenant(tenant)
                    .from(getContext().get(Run.class))
                    .failed(message);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "cannot record that the push to nginx cluster " + cluster + " failed", e);
        }
        end();
        getContext().onFailure(new AbortException(message));
    }

    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build that pushes to nginx cluster " + cluster, e);
        }
    }

    private void end() {
        ended = true;
        ticks.cancel();
        if (entered) {
            SiteDesk.leave(cluster);
        }
    }
}
