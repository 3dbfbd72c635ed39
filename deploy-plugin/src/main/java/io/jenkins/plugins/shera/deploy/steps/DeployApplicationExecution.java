package io.jenkins.plugins.shera.deploy.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.rollout.DeployState;
import io.jenkins.plugins.shera.deploy.rollout.DeployState.Phase;
import io.jenkins.plugins.shera.deploy.rollout.Deployment;
import io.jenkins.plugins.shera.deploy.rollout.ProgressLog;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.rollout.Failure;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.input.Refusal;
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
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LOOK_LATER = Duration.ofSeconds(3);
    private static final long SAVE_SECONDS = 30;

    private final DeployRequest request;
    private final DeployState state = new DeployState();
    private final OnInterrupt onInterrupt;
    private final String actor;
    private volatile Throwable stopped;

    private transient ClusterSession session;
    private transient ProgressLog progress;
    private transient String trouble;
    private transient volatile boolean ended;
    private transient int looks;

    DeployApplicationExecution(StepContext context, DeployPermit permit) {
        super(context);
        this.request = permit.request();
        this.onInterrupt = permit.onInterrupt();
        this.actor = permit.actor();
    }

    @Override
    public boolean start() {
        next(Duration.ZERO);
        return false;
    }

    @Override
    public void onResume() {
        next(Duration.ZERO);
    }

    /** Comes on the thread of the build's program, so it waits for nothing. */
    @Override
    public void stop(Throwable cause) {
        if (!ended && stopped == null) {
            stopped = cause;
            next(Duration.ZERO);
        }
    }

    @Override
    public String getStatus() {
        return "deploying " + request + ": " + state.phase();
    }

    private void next(Duration delay) {
        Schedules.get().after(delay, "deployment of " + request, actor, this::act);
    }

    private synchronized void act() {
        if (ended) {
            return;
        }
        if (session == null) {
            session = new ClusterSession();
            progress = new ProgressLog();
        }
        try {
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

    private void act(Run<?, ?> run, TaskListener listener)
            throws DeployException, KubeException, InterruptedException {
        Deployment deployment = new Deployment(session.api(request, run), request, state);
        DeployRecord record = new DeployRecord(request, state, run, actor);
        if (state.phase() == Phase.PLANNING) {
            listener.getLogger().println("Deploying " + request.spec().image() + " as " + request);
            if (!request.spec().image().contains("@sha256:")) {
                listener.getLogger().println("WARNING: the image is named by a tag, which can move. Name it by digest.");
            }
            deployment.plan().forEach(listener.getLogger()::println);
            save();
        }
        if (state.phase() == Phase.APPLYING) {
            deployment.apply();
            record.applied();
            save();
        }
        RolloutState seen = deployment.look();
        trouble = null;
        progress.lines(seen).forEach(listener.getLogger()::println);
        switch (seen.phase()) {
            case PROGRESSING -> next(looks++ < 30 ? LOOK : LOOK_LATER);
            case FAILED -> fail(new DeployException(failure(seen.trouble(), listener), null));
            case COMPLETE -> {
                Deployment.Outcome outcome = deployment.outcome(seen);
                listener.getLogger().println("Deployed " + request + ", revision " + outcome.revision());
                record.complete(outcome.revision());
                end();
                getContext().onSuccess(new DeploymentResult(request, outcome));
            }
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
        if (trouble == null) {
            print(e.getMessage() + " Asking again until the deployment's time is over.");
        }
        trouble = e.getMessage();
        next(LOOK_LATER);
    }

    private void stop(Run<?, ?> run, TaskListener listener) {
        try {
            if (onInterrupt == OnInterrupt.ABORT) {
                String what = new Deployment(session.api(request, run), request, state).abort();
                listener.getLogger().println(what);
                new DeployRecord(request, state, run, actor).aborted(what);
            } else if (state.phase() != Phase.PLANNING) {
                listener.getLogger().println("The build was stopped. The deployment of " + request
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
        String message = e instanceof KubeException ? "Cannot deploy " + request + ". " + e.getMessage() : e.getMessage();
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
        session.close();
    }
}
