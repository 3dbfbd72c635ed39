package io.jenkins.plugins.shera.build.steps;

import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.build.source.Revision;
import io.jenkins.plugins.shera.oci.image.Quoted;
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
 * Carries one order through source, Maven and image. Saved are the order and what was reached; every phase can be repeated,
 * so after a restart the phase that was under way begins anew, once what the dead Jenkins left running is ended.
 */
final class BuildImageExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(BuildImageExecution.class.getName());
    private static final long SAVE_SECONDS = 30;

    private final BuildOrder order;
    private final String cookie = UUID.randomUUID().toString();
    private final Instant deadline;
    private volatile Revision revision;
    private volatile boolean mavenDone;

    private transient volatile Throwable stopped;
    private transient volatile Future<?> work;
    private transient volatile Future<?> alarm;

    BuildImageExecution(StepContext context, BuildOrder order) {
        super(context);
        this.order = order;
        this.deadline = Instant.now().plusSeconds(order.timeoutSeconds);
    }

    @Override
    public boolean start() {
        begin(false);
        return false;
    }

    @Override
    public void onResume() {
        begin(true);
    }

    private synchronized void begin(boolean again) {
        long left = Math.max(1, Duration.between(Instant.now(), deadline).toMillis());
        alarm = Timer.get()
                .schedule(
                        () -> stop(new AbortException(
                                "The image " + order.image + " was not built within " + order.timeoutSeconds
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

    @Override
    public String getStatus() {
        return "building " + order.image + ": " + (revision == null ? "source" : mavenDone ? "image" : "maven");
    }

    private void run(boolean again) {
        BuildThreads threads = BuildThreads.get();
        try (ACLContext ignored = ACL.as2(actor())) {
            BuildSite site = new BuildSite(getContext(), order, cookie);
            if (again) {
                getContext().get(TaskListener.class).getLogger().println("Going on with " + getStatus());
                site.endLeftovers();
            }
            if (revision == null) {
                revision = site.source();
                save();
            }
            if (!mavenDone) {
                site.maven(revision);
                mavenDone = true;
                save();
            }
            end(site.image(revision), null);
        } catch (Exception e) {
            if (stopped == null && !threads.isGoingDown()) {
                end(null, e);
            }
        }
    }

    private Authentication actor() {
        if (order.actor.equals(ACL.SYSTEM2.getName())) {
            return ACL.SYSTEM2;
        }
        User user = User.getById(order.actor, false);
        return user == null ? Jenkins.ANONYMOUS2 : user.impersonate2();
    }

    /** Saved after each phase, so that a SIGKILL costs no more than the phase it hits. */
    private void save() throws InterruptedException {
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build of " + order.image + "; going on", e);
        }
    }

    private void end(ImageResult result, Throwable failure) {
        alarm.cancel(false);
        if (result != null) {
            getContext().onSuccess(result);
            return;
        }
        if (stopped != null) {
            try {
                new BuildSite(getContext(), order, cookie).endLeftovers();
            } catch (IOException | InterruptedException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "cannot end what the build of " + order.image + " started", e);
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
        LOGGER.log(Level.FINE, "the build of " + order.image + " failed", failure);
        return new AbortException("Cannot build the image " + Quoted.of(order.image) + ". " + failure.getMessage());
    }
}
