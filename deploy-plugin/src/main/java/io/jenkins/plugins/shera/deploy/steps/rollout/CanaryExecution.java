package io.jenkins.plugins.shera.deploy.steps.rollout;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.apm.ApmMode;
import io.jenkins.plugins.shera.deploy.canary.ApmOrder;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import io.jenkins.plugins.shera.deploy.steps.apm.TenantAgents;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Begins a rollout and follows it to its end. The rollout does not need this build: its state is in the cluster, and whoever stops or loses
 * the build loses only the view. Saved are the plan as text and whether it was begun; beginning the same plan again finds it begun.
 */
final class CanaryExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(CanaryExecution.class.getName());
    private static final Duration TICK = Duration.ofMillis(500);
    private static final long SAVE_SECONDS = 30;
    private static final int PATIENCE_TICKS = 240;

    private final String plan;
    private final String image;
    private final HashMap<String, String> env;
    private final boolean abortOnInterrupt;
    private final String revision;
    private final String override;
    /** Mode and agent of a switch of APM; null for a release. */
    private final String apmMode;

    private final String apmAgent;
    /** Null in what was saved before pods had settings. */
    private final PodSettings pod;

    private volatile boolean begun;
    private volatile Throwable stopped;

    private transient Schedule ticks;
    private transient volatile boolean ended;
    private transient int printed;
    private transient int failures;
    private transient String lastPhase;
    private transient LiveRollout followed;

    CanaryExecution(StepContext context, RolloutPermit permit) {
        super(context);
        this.plan = permit.draft().toJson().toString();
        this.image = permit.image();
        this.env = new HashMap<>(permit.env());
        this.abortOnInterrupt = permit.isAbortOnInterrupt();
        this.revision = permit.revision();
        this.override = permit.override();
        this.pod = permit.pod();
        this.apmMode = permit.apm() == null ? null : permit.apm().mode().word();
        this.apmAgent = permit.apm() == null ? null : permit.apm().agent();
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
        ticks = Schedules.get().every(TICK, "a build's view of its rollout", ACL.SYSTEM_USERNAME, this::tick);
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
        return (apmMode == null ? "releasing " + image : "switching APM " + apmMode)
                + (lastPhase == null ? "" : ": " + lastPhase);
    }

    private RolloutPlan plan() throws IOException {
        return RolloutPlan.of(new ObjectMapper().readTree(plan));
    }

    private void tick() {
        if (ended) {
            return;
        }
        try {
            RolloutPlan draft = plan();
            try (ACLContext ignored = ACL.as2(RolloutIdentity.of(draft.startedBy()))) {
                if (stopped != null) {
                    interrupted(draft);
                } else if (begun) {
                    watch(draft);
                } else {
                    begin(draft);
                }
                failures = 0;
            }
        } catch (RolloutException | VerbException | Refusal | IllegalArgumentException e) {
            fail(e.getMessage());
        } catch (IOException e) {
            later(e);
        } catch (InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "a rollout's build failed", e);
            end();
            getContext().onFailure(e);
        }
    }

    private void begin(RolloutPlan draft) throws IOException, RolloutException, VerbException, InterruptedException {
        if (apmMode != null) {
            print("Switching APM " + apmMode + " in " + draft.subject());
            ApmOrder order = new ApmOrder(ApmMode.of(apmMode), apmAgent);
            Optional<LiveRollout> release =
                    Rollouts.get().apm(draft, order, override, getContext().get(Run.class), this::print);
            RolloutDiary.said(draft.subject(), "switchApm", draft.startedBy(), apmMode);
            if (order.mode() != ApmMode.OFF) {
                String agent = new TenantAgents(draft.subject().tenant())
                        .agent(apmAgent)
                        .name();
                String page = ApmDesk.page(draft.subject(), agent);
                print(page.isEmpty() ? "The agent is " + agent + "." : "The agent is " + agent + ": " + page);
            }
            if (release.isEmpty()) {
                print("APM of " + draft.subject() + " is " + apmMode + "; no pod was replaced.");
                end();
                getContext().onSuccess(null);
                return;
            }
            followed = release.get();
        } else if (revision != null) {
            print("Going back in " + draft.subject() + " to "
                    + (revision.isEmpty() ? "the revision before" : "revision " + revision));
            if (Rollouts.get().undoForeign(draft.subject(), revision)) {
                RolloutDiary.said(draft.subject(), "undo", draft.startedBy(), revision);
                print("Another controller drives it, and goes back by itself.");
                end();
                getContext().onSuccess(null);
                return;
            }
            followed = Rollouts.get().undo(draft, revision);
        } else {
            print("Releasing " + image + " as " + draft.subject() + " with the router " + draft.router());
            if (!image.contains("@sha256:")) {
                print("WARNING: the image is named by a tag, which can move. Name it by digest.");
            }
            followed = Rollouts.get()
                    .start(
                            draft,
                            image,
                            env,
                            pod == null ? PodSettings.NONE : pod,
                            override,
                            getContext().get(Run.class),
                            this::print);
        }
        RolloutDiary.said(
                draft.subject(), "begin", draft.startedBy(), followed.plan().what());
        begun = true;
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build that releases " + draft.subject() + "; going on", e);
        }
    }

    private void watch(RolloutPlan draft) throws IOException, RolloutException, InterruptedException {
        if (followed == null) {
            followed = Rollouts.get().drive(draft.subject()).orElse(null);
        }
        if (followed == null || !followed.plan().id().equals(draft.id())) {
            over(draft);
            return;
        }
        // Asked before the lines are: all of them are there once it has ended.
        boolean complete = followed.isEnded();
        for (String line : followed.lines(printed)) {
            print(line);
            printed++;
        }
        RolloutStatus status = followed.status();
        if (!status.phase().text().equals(lastPhase)) {
            lastPhase = status.phase().text();
            if (status.phase() == Phase.PAUSED) {
                print("Paused until somebody says " + status.waitsFor() + ": " + status.reason());
            }
        }
        if (complete && status.isOver() || status.phase() == Phase.DEGRADED) {
            finish(followed.plan(), status);
        } else if (complete) {
            followed = null;
            printed = 0;
        }
    }

    /** It ended while nobody here looked, or something else came after it. */
    private void over(RolloutPlan draft) throws IOException, RolloutException {
        Optional<Rollouts.Seen> seen = Rollouts.get().look(draft.subject());
        if (seen.isEmpty() || !seen.get().record().plan().id().equals(draft.id())) {
            fail("The rollout of " + draft.subject()
                    + " is not recorded in the cluster any more, or another one followed it."
                    + " Look at the application's page.");
            return;
        }
        finish(seen.get().record().plan(), seen.get().record().status());
    }

    private void finish(RolloutPlan ended, RolloutStatus status) {
        if (status.phase() == Phase.HEALTHY) {
            end();
            getContext().onSuccess(new RolloutResult(ended, status));
            return;
        }
        String next =
                switch (status.phase()) {
                    case ABORTED, ROLLED_BACK ->
                        " Stable is " + ended.imageBefore()
                                + " and stays pinned. What the canary said is kept in the ConfigMap "
                                + ended.subject().record() + "-evidence. Release another image, or retry.";
                    default -> " It stays where it is: abort it or retry it.";
                };
        fail("The rollout of " + ended.subject() + " is " + status.phase().text() + ": " + status.reason() + "."
                + next);
    }

    private void interrupted(RolloutPlan draft) throws InterruptedException {
        try {
            if (begun && abortOnInterrupt) {
                Rollouts.get().command(draft.subject(), Verb.of(Verb.Kind.ABORT, draft.startedBy()));
                RolloutDiary.said(draft.subject(), Verb.of(Verb.Kind.ABORT, draft.startedBy()));
                print("The build was stopped, and so the rollout of " + draft.subject()
                        + " goes back (onInterrupt: 'abort').");
            } else if (begun) {
                print("The build was stopped. The rollout of " + draft.subject()
                        + " goes on without it (onInterrupt: 'hold').");
            }
        } catch (IOException | RolloutException | VerbException | RuntimeException e) {
            print("Could not abort the rollout. " + e.getMessage());
            stopped.addSuppressed(e);
        }
        end();
        getContext().onFailure(stopped);
    }

    /** A cluster that is away for a while ends nothing that is under way. */
    private void later(IOException e) {
        failures++;
        if (!begun && failures > 3 || failures > PATIENCE_TICKS) {
            fail("Cannot follow the rollout. " + e.getMessage());
        } else if (failures == 1) {
            print(e.getMessage() + " Asking again.");
        }
    }

    private void fail(String message) {
        try {
            if (!begun) {
                RolloutNews.notBegun(plan(), image == null ? "" : image, message);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a plan that cannot be read", e);
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
    }
}
