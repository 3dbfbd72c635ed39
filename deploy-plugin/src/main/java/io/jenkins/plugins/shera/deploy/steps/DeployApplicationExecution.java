package io.jenkins.plugins.shera.deploy.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.Confidential;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
import io.jenkins.plugins.shera.deploy.rollout.DeployState.Phase;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import io.jenkins.plugins.shera.deploy.rollout.ProgressLog;
import io.jenkins.plugins.shera.deploy.rollout.ReadOnce;
import io.jenkins.plugins.shera.deploy.steps.apm.TenantAgents;
import io.jenkins.plugins.shera.deploy.steps.rollout.SealKeys;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.rollout.Failure;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Carries one deployment through plan, apply and waiting. Saved are the request, how far it is, and who asked; each act can
 * be repeated, so after a restart it simply goes on. At most one act of it runs at any time.
 */
final class DeployApplicationExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(DeployApplicationExecution.class.getName());
    private static final Duration TICK = Duration.ofMillis(200);
    private static final long SAVE_SECONDS = 30;

    private final DeployRequest request;
    private final DeployState state = new DeployState();
    private final OnInterrupt onInterrupt;
    private final String actor;
    private final String override;
    private volatile Throwable stopped;

    private transient ClusterSession session;
    private transient ProgressLog progress;
    private transient Schedule ticks;
    private transient boolean away;
    private transient volatile boolean ended;
    private transient int count;

    DeployApplicationExecution(StepContext context, DeployPermit permit) {
        super(context);
        this.request = permit.request();
        this.onInterrupt = permit.onInterrupt();
        this.actor = permit.actor();
        this.override = permit.override();
    }

    @Override
    public boolean start() {
        begin(Duration.ZERO);
        return false;
    }

    @Override
    public void onResume() {
        begin(TICK);
    }

    private void begin(Duration first) {
        session = new ClusterSession();
        progress = new ProgressLog();
        ticks = Schedules.get().every(first, TICK, "deployment of " + request, ACL.SYSTEM_USERNAME, this::tick);
    }

    /** Comes on the thread of the build's program, so it waits for nothing; the next tick sees it. */
    @Override
    public void stop(Throwable cause) {
        if (stopped == null) {
            stopped = cause;
        }
    }

    @Override
    public String getStatus() {
        return "deploying " + request + ": " + state.phase();
    }

    /** Never overlaps with itself. The work is done as who asked; a person who is gone meanwhile ends it, aloud. */
    private void tick() {
        if (ended || !Attention.isDue(count++) && stopped == null) {
            return;
        }
        try (ACLContext ignored = ACL.as2(Identity.of(actor))) {
            Run<?, ?> run = getContext().get(Run.class);
            TaskListener listener = getContext().get(TaskListener.class);
            if (stopped != null) {
                stop(run, listener);
            } else {
                act(run, listener);
            }
        } catch (DeployException | Refusal | IllegalArgumentException e) {
            fail(e);
        } catch (KubeException e) {
            later(e);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "the deployment of " + request + " failed", e);
            end();
            getContext().onFailure(e);
        }
    }

    private void act(Run<?, ?> run, TaskListener listener) throws DeployException, KubeException, InterruptedException {
        Confidential confidential = state.phase() == Phase.WAITING
                ? Confidential.NONE
                : SecretReading.of(request, run, SealKeys.of(request.origin().tenant(), "config"));
        KubeApi api = session.api(request, run);
        Deployment deployment = deployment(api, confidential);
        DeployRecord record = new DeployRecord(request, state, run, actor);
        if (state.phase() == Phase.PLANNING) {
            listener.getLogger().println("Deploying " + request.spec().image() + " as " + request);
            if (!request.spec().image().contains("@sha256:")) {
                listener.getLogger()
                        .println("WARNING: the image is named by a tag, which can move. Name it by digest.");
            }
            Origin origin = request.origin();
            EnvironmentDoor door = new EnvironmentDoor(origin.tenant(), origin.application(), origin.environment());
            door.check(request.spec().image(), override, run, listener.getLogger()::println);
            Deployment planned = deployment(ReadOnce.of(api), confidential);
            planned.plan().forEach(listener.getLogger()::println);
            Additions.saved(request.additions()).plan(subject()).forEach(listener.getLogger()::println);
            if (planned.pinned().isPresent()) {
                door.checkPin(
                        planned.pinned().get(), request.spec().image(), override, run, listener.getLogger()::println);
            }
            save();
        }
        if (state.phase() == Phase.APPLYING) {
            deployment.apply();
            Additions.saved(request.additions()).apply(subject(), run);
            record.applied();
            save();
        }
        RolloutState seen = deployment.look();
        away = false;
        progress.lines(seen).forEach(listener.getLogger()::println);
        switch (seen.phase()) {
            case PROGRESSING -> LOGGER.log(Level.FINE, "{0}: {1}", new Object[] {request, seen});
            case FAILED -> fail(new DeployException(failure(seen.trouble(), listener), null));
            case COMPLETE -> {
                Deployment.Outcome outcome = deployment.outcome(seen);
                listener.getLogger().println("Deployed " + request + ", revision " + outcome.revision());
                record.complete(outcome.revision());
                deployment.volumes().forEach(listener.getLogger()::println);
                prune(deployment, listener);
                end();
                getContext().onSuccess(new DeploymentResult(request, outcome));
            }
        }
    }

    private Deployment deployment(KubeApi api, Confidential confidential) {
        return new Deployment(api, request, state, confidential, StorageLaw.of(request))
                .with(new TenantAgents(request.origin().tenant()));
    }

    private Subject subject() {
        Origin origin = request.origin();
        return new Subject(
                origin.tenant(), origin.application(), origin.environment(), request.cluster(), request.namespace());
    }

    /** What runs, runs: that old configuration cannot be taken away does not fail a deployment. */
    private void prune(Deployment deployment, TaskListener listener) {
        try {
            for (ObjectRef gone : deployment.prune()) {
                listener.getLogger().println("Removed " + gone + ", which no revision uses any more.");
            }
        } catch (KubeException e) {
            LOGGER.log(Level.INFO, "old configuration of " + request + " stays", e);
        }
    }

    private String failure(Failure failure, TaskListener listener) {
        if (!failure.log().isBlank()) {
            listener.getLogger().println("Last lines of pod " + failure.pod() + ":");
            failure.log().lines().forEach(line -> listener.getLogger().println("  | " + line));
        }
        return "The deployment of " + request + " failed: " + failure.message()
                + (state.isFirst() ? "" : " Pods of the revision before keep serving.");
    }

    /** Saved before the cluster is changed, so that after a SIGKILL we know what we were about to do. */
    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build that deploys " + request + "; going on", e);
        }
    }

    /** A cluster that is away for a while does not end a rollout that it carries on by itself. */
    private void later(KubeException e) {
        boolean waits = state.phase() == Phase.WAITING && System.currentTimeMillis() < state.deadlineMillis();
        boolean mayPass = e.kind().isPassing() || e.kind() == Kind.UNAUTHENTICATED;
        if (!waits || !mayPass) {
            fail(e);
            return;
        }
        if (e.kind() == Kind.UNAUTHENTICATED) {
            session.close();
        }
        if (!away) {
            print(e.getMessage() + " Asking again until the deployment's time is over.");
        }
        away = true;
    }

    private void stop(Run<?, ?> run, TaskListener listener) {
        try {
            if (onInterrupt == OnInterrupt.ABORT) {
                String what = new Deployment(session.api(request, run), request, state).abort();
                listener.getLogger().println(what);
                new DeployRecord(request, state, run, actor).aborted(what);
            } else if (state.phase() != Phase.PLANNING) {
                listener.getLogger()
                        .println("The build was stopped. The deployment of " + request
                                + " stays as it is, and the cluster goes on with it (onInterrupt: 'hold').");
            }
        } catch (DeployException | KubeException | RuntimeException e) {
            listener.getLogger().println("Could not put back what was there before. " + e.getMessage());
            stopped.addSuppressed(e);
        }
        end();
        getContext().onFailure(stopped);
    }

    private void fail(Exception e) {
        String message =
                e instanceof KubeException ? "Cannot deploy " + request + ". " + e.getMessage() : e.getMessage();
        try {
            new DeployRecord(request, state, getContext().get(Run.class), actor).failed(message);
        } catch (IOException | InterruptedException | RuntimeException unwritten) {
            LOGGER.log(Level.WARNING, "cannot record that the deployment of " + request + " failed", unwritten);
        }
        end();
        getContext().onFailure(new AbortException(message));
    }

    private void print(String line) {
        try {
            getContext().get(TaskListener.class).getLogger().println(line);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, line, e);
        }
    }

    private void end() {
        ended = true;
        ticks.cancel();
        session.close();
    }
}
