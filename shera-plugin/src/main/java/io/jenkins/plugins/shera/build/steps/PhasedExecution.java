package io.jenkins.plugins.shera.build.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.build.pages.PhasesAction;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * A step of phases that can each be repeated. Saved are the order and what was reached; after a restart the phase that was
 * under way begins anew, once what the dead Jenkins left running is ended.
 */
abstract class PhasedExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(PhasedExecution.class.getName());
    private static final long SAVE_SECONDS = 30;

    /** Marks every process of this step. */
    final String cookie = UUID.randomUUID().toString();

    private final String title;
    private final String actor;
    private final int timeoutSeconds;
    private final Instant deadline;

    private transient volatile Throwable stopped;
    private transient volatile Future<?> work;
    private transient volatile Future<?> alarm;

    /** {@code title} says what it does, as "check the quality of shop". */
    PhasedExecution(StepContext context, String title, String actor, int timeoutSeconds) {
        super(context);
        this.title = title;
        this.actor = actor;
        this.timeoutSeconds = timeoutSeconds;
        this.deadline = Instant.now().plusSeconds(timeoutSeconds);
    }

    /** Goes on from the phase that was reached, to the step's result. */
    abstract Object carryOut() throws Exception;

    /** Ends on the agent what this step started there. */
    abstract void endLeftovers() throws IOException, InterruptedException;

    /** The phase, for the step's status and the log. */
    abstract String phase();

    @Override
    public boolean start() {
        begin(false);
        return false;
    }

    @Override
    public void onResume() {
        begin(true);
    }

    @Override
    public String getStatus() {
        return title + ": " + phase();
    }

    private synchronized void begin(boolean again) {
        long left = Math.max(1, Duration.between(Instant.now(), deadline).toMillis());
        alarm = Timer.get()
                .schedule(
                        () -> stop(new AbortException("Could not " + title + " within " + timeoutSeconds
                                + " seconds: see above what took so long, or give a longer timeout.")),
                        left,
                        TimeUnit.MILLISECONDS);
        work = BuildThreads.get().submit(() -> run(again));
    }

    /** Comes on the thread of the build's program or of the timer, so it waits for nothing. */
    @Override
    public synchronized void stop(Throwable cause) {
        if (stopped == null) {
            stopped = cause;
            work.cancel(true);
            BuildThreads.get().submit(() -> end(null, cause));
        }
    }

    private void run(boolean again) {
        BuildThreads threads = BuildThreads.get();
        try (ACLContext ignored = ACL.as2(actor())) {
            if (again) {
                getContext().get(TaskListener.class).getLogger().println("Going on to " + getStatus());
                endLeftovers();
            }
            mark("done", phase());
            end(carryOut(), null);
        } catch (Exception e) {
            if (stopped == null && !threads.isGoingDown()) {
                end(null, e);
            }
        }
    }

    private Authentication actor() {
        if (actor.equals(ACL.SYSTEM2.getName())) {
            return ACL.SYSTEM2;
        }
        User user = User.getById(actor, false);
        return user == null ? Jenkins.ANONYMOUS2 : user.impersonate2();
    }

    /** Saved after each phase, so that a SIGKILL costs no more than the phase it hits. */
    final void save() throws InterruptedException {
        mark("done", phase());
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build that is to " + title + "; going on", e);
        }
    }

    private void mark(String state, String next) {
        try {
            PhasesAction.next(getContext().get(Run.class), state, next);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.WARNING, "cannot note how far it is to " + title, e);
        }
    }

    private void end(Object result, Throwable failure) {
        alarm.cancel(false);
        mark(failure == null ? "done" : "failed", null);
        if (failure == null) {
            getContext().onSuccess(result);
            return;
        }
        if (stopped != null) {
            try {
                endLeftovers();
            } catch (IOException | InterruptedException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "cannot end what was started to " + title, e);
            }
        }
        getContext().onFailure(forUser(failure));
    }

    private Throwable forUser(Throwable failure) {
        boolean expected = failure instanceof IOException
                || failure instanceof Refusal
                || failure instanceof IllegalArgumentException;
        if (!expected || failure == stopped) {
            return failure;
        }
        LOGGER.log(Level.FINE, "could not " + title, failure);
        return new AbortException("Cannot " + title + ". " + failure.getMessage());
    }
}
