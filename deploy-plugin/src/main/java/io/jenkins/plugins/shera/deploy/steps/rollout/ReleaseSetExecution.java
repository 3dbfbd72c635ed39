package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.release.SetMachine.Outcome;
import io.jenkins.plugins.shera.deploy.release.SetVerb;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Begins a release set and follows it to its end. The set does not need this build: it stands in each of its members, and Jenkins leads it.
 * Saved are the members as they were to begin; beginning them again finds those that have begun.
 */
final class ReleaseSetExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ReleaseSetExecution.class.getName());
    private static final Duration TICK = Duration.ofMillis(500);
    private static final long SAVE_SECONDS = 30;

    private final ArrayList<SavedMember> members = new ArrayList<>();
    private final boolean abortOnInterrupt;
    /** Null when nothing is overridden, and in what was saved before sets could be. */
    private final String override;

    private volatile boolean begun;
    private volatile Throwable stopped;

    private transient Schedule ticks;
    private transient volatile boolean ended;
    private transient LiveSet followed;
    private transient int printed;
    private transient String said;

    ReleaseSetExecution(StepContext context, List<RolloutPermit> permits, boolean abortOnInterrupt, String override) {
        super(context);
        permits.forEach(each -> members.add(new SavedMember(each)));
        this.abortOnInterrupt = abortOnInterrupt;
        this.override = override;
    }

    @Override
    public boolean start() {
        follow();
        return false;
    }

    @Override
    public void onResume() {
        follow();
    }

    private void follow() {
        ticks = Schedules.get().every(TICK, "a build's view of its release set", ACL.SYSTEM_USERNAME, this::tick);
    }

    /** Comes on the thread of the build's program, so it waits for nothing; the next tick sees it. */
    @Override
    public void stop(Throwable cause) {
        if (stopped == null) {
            stopped = cause;
        }
    }

    private RolloutPlan first() throws IOException {
        return members.get(0).draft();
    }

    private void tick() {
        if (ended) {
            return;
        }
        try (ACLContext ignored = ACL.as2(RolloutIdentity.of(first().startedBy()))) {
            if (stopped != null) {
                interrupted();
            } else if (begun) {
                watch();
            } else {
                begin();
            }
        } catch (IOException | Refusal | IllegalArgumentException e) {
            say("Waiting: " + e.getMessage());
        } catch (InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "a release set's build failed", e);
            end();
            getContext().onFailure(e);
        }
    }

    private void begin() throws IOException, InterruptedException {
        try {
            followed = beginning().begin(this::say);
        } catch (RolloutException e) {
            end();
            getContext().onFailure(new AbortException(e.getMessage()));
            return;
        }
        begun = true;
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build that follows a release set; going on", e);
        }
    }

    private SetBeginning beginning() throws IOException, InterruptedException {
        return new SetBeginning(members, override, getContext().get(Run.class));
    }

    private LiveSet lead() throws IOException, InterruptedException {
        if (followed == null) {
            followed = beginning().lead();
        }
        return followed;
    }

    private void watch() throws IOException, InterruptedException {
        // Asked before the lines are: all of them are there once it has ended.
        boolean complete = lead().isEnded();
        for (String line : followed.lines(printed)) {
            say(line);
            printed++;
        }
        if (!complete) {
            return;
        }
        end();
        if (followed.outcome() == Outcome.RELEASED) {
            getContext().onSuccess(null);
        } else if (followed.outcome() == Outcome.BACK) {
            getContext()
                    .onFailure(new AbortException(
                            "The release set went back, every member of it: " + followed.why() + "."));
        } else {
            getContext()
                    .onFailure(new AbortException("The release set cannot be called complete: " + followed.why()
                            + ". Look at the pages of its members."));
        }
    }

    private void interrupted() throws IOException {
        if (begun && abortOnInterrupt) {
            try {
                ReleaseSets.get().command(first(), SetVerb.ABORT, first().startedBy());
                say("The build was stopped, and so every member goes back (onInterrupt: 'abort').");
            } catch (RolloutException | VerbException | RuntimeException e) {
                say("Could not abort the release set. " + e.getMessage());
            }
        } else if (begun) {
            say("The build was stopped. The release set goes on without it (onInterrupt: 'hold').");
        }
        end();
        getContext().onFailure(stopped);
    }

    private void say(String line) {
        if (line.equals(said)) {
            return;
        }
        said = line;
        try {
            getContext().get(TaskListener.class).getLogger().println(line);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, line, e);
        }
    }

    private void end() {
        ended = true;
        ticks.cancel();
    }
}
