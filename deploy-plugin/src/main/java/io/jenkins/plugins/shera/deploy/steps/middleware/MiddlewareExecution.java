package io.jenkins.plugins.shera.deploy.steps.middleware;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.middleware.Middleware;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareException;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.ProgressLog;
import io.jenkins.plugins.shera.deploy.steps.EnvironmentDoor;
import io.jenkins.plugins.shera.deploy.steps.Identity;
import io.jenkins.plugins.shera.deploy.steps.StorageLaw;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.rollout.Failure;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Carries a request through plan, apply and waiting; each act may be repeated, so after a restart it goes on. */
final class MiddlewareExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(MiddlewareExecution.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long SAVE_SECONDS = 30;

    private enum Phase {
        PLANNING,
        APPLYING,
        WAITING
    }

    private final MiddlewareRequest request;
    private final String actor;
    private final String override;
    private final boolean dryRun;
    private final int seconds;
    private volatile Phase phase = Phase.PLANNING;
    private volatile long deadlineMillis;
    private volatile Throwable stopped;

    private transient ProgressLog progress;
    private transient Schedule ticks;
    private transient boolean away;
    private transient volatile boolean ended;

    MiddlewareExecution(
            StepContext context,
            MiddlewareRequest request,
            String actor,
            String override,
            boolean dryRun,
            int seconds) {
        super(context);
        this.request = request;
        this.actor = actor;
        this.override = override;
        this.dryRun = dryRun;
        this.seconds = seconds;
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
        progress = new ProgressLog();
        ticks = Schedules.get().every(TICK, "middleware " + request, ACL.SYSTEM_USERNAME, this::tick);
    }

    /** What was applied stays, and the cluster goes on with it. */
    @Override
    public void stop(Throwable cause) {
        if (stopped == null) {
            stopped = cause;
        }
    }

    @Override
    public String getStatus() {
        return "middleware " + request + ": " + phase;
    }

    private void tick() {
        if (ended) {
            return;
        }
        try (ACLContext ignored = ACL.as2(Identity.of(actor))) {
            Run<?, ?> run = getContext().get(Run.class);
            PrintStream log = getContext().get(TaskListener.class).getLogger();
            if (stopped != null) {
                if (phase != Phase.PLANNING) {
                    log.println(
                            "The build was stopped. " + request + " stays as it is, and the cluster goes on with it.");
                }
                end();
                getContext().onFailure(stopped);
            } else {
                act(run, log);
            }
        } catch (MiddlewareException | DeployException | Refusal | IllegalArgumentException e) {
            fail(e.getMessage());
        } catch (KubeException e) {
            later(e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "middleware " + request + " failed", e);
            end();
            getContext().onFailure(e);
        }
    }

    private void act(Run<?, ?> run, PrintStream log)
            throws MiddlewareException, DeployException, KubeException, InterruptedException {
        Subject subject = request.subject();
        TenantContext.forRun(run, subject.tenant(), SheraPermissions.DEPLOY);
        try (ClusterClient client = ClusterDesk.open(subject)) {
            Middleware middleware = new Middleware(
                    client.api(),
                    subject,
                    request.origin(run.getExternalizableId()),
                    StorageLaw.of(subject.tenant(), subject.cluster()));
            if (phase == Phase.PLANNING) {
                plan(middleware, run, log);
            }
            if (!ended && phase == Phase.APPLYING) {
                apply(middleware, run);
            }
            if (!ended) {
                look(middleware, client.api(), run, log);
            }
        }
    }

    private void plan(Middleware middleware, Run<?, ?> run, PrintStream log)
            throws MiddlewareException, DeployException, KubeException, InterruptedException {
        Subject subject = request.subject();
        log.println((request.isRotation() ? "Changing the credentials of " : "Deploying ") + request);
        new EnvironmentDoor(subject.tenant(), subject.application(), subject.environment())
                .check(request.name(), images(middleware), override, run, log::println);
        (request.isRotation() ? middleware.planRotation(request.name()) : middleware.plan(request.spec(), pull()))
                .forEach(log::println);
        if (dryRun) {
            log.println("Nothing was changed (dryRun).");
            end();
            getContext().onSuccess(null);
            return;
        }
        phase = Phase.APPLYING;
        save();
    }

    /** A change of credentials brings no image. */
    private List<String> images(Middleware middleware) throws MiddlewareException, KubeException {
        return request.isRotation() ? List.of() : List.of(middleware.image(request.spec()));
    }

    private void apply(Middleware middleware, Run<?, ?> run)
            throws MiddlewareException, KubeException, InterruptedException {
        if (request.isRotation()) {
            middleware.rotate(request.name(), request.id());
        } else {
            middleware.apply(request.spec(), pull());
        }
        deadlineMillis =
                System.currentTimeMillis() + Duration.ofSeconds(seconds).toMillis();
        phase = Phase.WAITING;
        MiddlewareRecord record = new MiddlewareRecord(request.subject(), request.name(), actor, run);
        if (request.isRotation()) {
            record.rotated();
        } else {
            record.deployed(request.spec().template().id());
        }
        save();
    }

    private void look(Middleware middleware, KubeApi api, Run<?, ?> run, PrintStream log)
            throws MiddlewareException, KubeException {
        // The deadline is by our clock, the times in the objects are by the server's.
        Instant deadline = api.serverNow().plusMillis(deadlineMillis - System.currentTimeMillis());
        RolloutState seen = middleware.state(
                request.name(), request.isRotation() ? request.id() : "", deadline.minusSeconds(seconds), deadline);
        away = false;
        progress.lines(seen).forEach(log::println);
        if (seen.phase() == RolloutState.Phase.FAILED) {
            Failure failure = seen.trouble();
            if (!failure.log().isBlank()) {
                log.println("Last lines of pod " + failure.pod() + ":");
                failure.log().lines().forEach(line -> log.println("  | " + line));
            }
            fail(request + " does not serve: " + failure.message());
        } else if (seen.phase() == RolloutState.Phase.COMPLETE) {
            MiddlewareResult result = new MiddlewareResult(request.name(), middleware.address(request.name()));
            log.println(result.getService() + " serves; its login is in the Secret " + result.getSecret() + ".");
            end();
            getContext().onSuccess(result);
        }
    }

    private String pull() {
        return MiddlewareLaw.pull(request.subject().tenant(), request.pullRegistry());
    }

    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build that changes " + request + "; going on", e);
        }
    }

    /** A cluster that is away for a while does not end what it carries on by itself. */
    private void later(KubeException e) {
        boolean waits = phase == Phase.WAITING && System.currentTimeMillis() < deadlineMillis;
        if (!waits || !e.kind().isPassing()) {
            fail("Cannot go on with " + request + ". " + e.getMessage());
            return;
        }
        if (!away) {
            LOGGER.log(
                    Level.INFO, "{0}: asking again until its time is over: {1}", new Object[] {request, e.getMessage()
                    });
        }
        away = true;
    }

    private void fail(String message) {
        try {
            if (!dryRun) {
                new MiddlewareRecord(
                                request.subject(),
                                request.name(),
                                actor,
                                getContext().get(Run.class))
                        .failed(request.isRotation(), message);
            }
        } catch (IOException | InterruptedException | RuntimeException unwritten) {
            LOGGER.log(Level.WARNING, "cannot record that " + request + " failed", unwritten);
        }
        end();
        getContext().onFailure(new AbortException(message));
    }

    private void end() {
        ended = true;
        ticks.cancel();
    }
}
