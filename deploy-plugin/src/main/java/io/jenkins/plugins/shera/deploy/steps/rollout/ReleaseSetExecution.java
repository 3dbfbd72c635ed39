package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.VerbException;
import io.jenkins.plugins.shera.deploy.pod.PodSettings;
import io.jenkins.plugins.shera.deploy.release.Member;
import io.jenkins.plugins.shera.deploy.release.SetMachine;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedule;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Leads the members of a release set. Without it each member holds at its next barrier, and what was decided stands in each member; so after a
 * restart it reads them and goes on.
 */
final class ReleaseSetExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ReleaseSetExecution.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long SAVE_SECONDS = 30;
    private static final String UNDO = "-undo";

    private final ArrayList<SavedMember> members = new ArrayList<>();
    private final boolean abortOnInterrupt;
    private volatile boolean begun;
    private volatile Throwable stopped;

    private transient Schedule ticks;
    private transient volatile boolean ended;
    private transient String said;

    ReleaseSetExecution(StepContext context, boolean abortOnInterrupt) {
        super(context);
        this.abortOnInterrupt = abortOnInterrupt;
    }

    void add(RolloutPermit permit, List<String> after) {
        members.add(new SavedMember(permit, after));
    }

    @Override
    public boolean start() {
        lead();
        return false;
    }

    @Override
    public void onResume() {
        lead();
    }

    private void lead() {
        ticks = Schedules.get().every(TICK, "a release set", ACL.SYSTEM_USERNAME, this::tick);
    }

    /** Comes on the thread of the build's program, so it waits for nothing; the next tick sees it. */
    @Override
    public void stop(Throwable cause) {
        if (stopped == null) {
            stopped = cause;
        }
    }

    private void tick() {
        if (ended) {
            return;
        }
        try (ACLContext ignored =
                ACL.as2(RolloutIdentity.of(members.get(0).draft().startedBy()))) {
            if (stopped != null) {
                interrupted();
            } else if (begun) {
                round();
            } else {
                begin();
            }
        } catch (RolloutException | VerbException | Refusal | IllegalArgumentException e) {
            say("Waiting: " + e.getMessage());
        } catch (IOException e) {
            say("Waiting: " + e.getMessage());
        } catch (InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "a release set failed", e);
            end();
            getContext().onFailure(e);
        }
    }

    /** All begin or none: what had begun goes back when one cannot. */
    private void begin() throws IOException, InterruptedException {
        List<SavedMember> started = new ArrayList<>();
        for (SavedMember member : members) {
            try {
                Rollouts.get()
                        .start(member.draft(), member.image(), member.env(), PodSettings.NONE, null, null, this::say);
                started.add(member);
                say("Releasing " + member.image() + " as " + member.draft().subject());
            } catch (IOException | RolloutException | RuntimeException e) {
                RolloutNews.notBegun(member.draft(), member.image(), e.getMessage());
                for (SavedMember other : started) {
                    tell(other, Verb.Kind.ABORT);
                }
                end();
                getContext()
                        .onFailure(new AbortException(
                                "The release set did not begin, and what had begun goes back. " + e.getMessage()));
                return;
            }
        }
        begun = true;
        try {
            getContext().saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "cannot save the build that leads a release set; going on", e);
        }
    }

    private void tell(SavedMember member, Verb.Kind verb) throws IOException {
        try {
            Rollouts.get()
                    .command(
                            member.draft().subject(),
                            Verb.of(verb, member.draft().startedBy()));
        } catch (IOException | RolloutException | VerbException | RuntimeException e) {
            say("Could not tell " + member.draft().subject() + " to " + verb.text() + ": " + e.getMessage());
        }
    }

    private void round() throws IOException, RolloutException, VerbException {
        List<Member> seen = new ArrayList<>();
        for (SavedMember member : members) {
            seen.add(look(member));
        }
        SetMachine.Round round = SetMachine.next(seen);
        if (!round.why().isEmpty()) {
            say((round.outcome() == SetMachine.Outcome.DEGRADED ? "Degraded: " : "") + round.why());
        }
        for (SetMachine.Order order : round.orders()) {
            carryOut(order);
        }
        if (round.outcome() == SetMachine.Outcome.RELEASED) {
            say("Every member is released");
            end();
            getContext().onSuccess(null);
        } else if (round.outcome() == SetMachine.Outcome.BACK) {
            end();
            getContext()
                    .onFailure(
                            new AbortException("The release set went back, every member of it: " + round.why() + "."));
        }
    }

    private Member look(SavedMember member) throws IOException {
        RolloutPlan draft = member.draft();
        String name = draft.subject().application();
        try {
            Optional<Rollouts.Seen> seen = Rollouts.get().look(draft.subject());
            if (seen.isPresent()
                    && seen.get().problem().isEmpty()
                    && seen.get().record().trusted()) {
                String id = seen.get().record().plan().id();
                boolean undone = id.equals(draft.id() + UNDO);
                if (undone || id.equals(draft.id())) {
                    return new Member(
                            name,
                            member.after(),
                            undone,
                            seen.get().record().plan(),
                            seen.get().record().status());
                }
            }
        } catch (IOException | RolloutException e) {
            LOGGER.log(Level.FINE, "member " + name + " cannot be seen", e);
        }
        return new Member(name, member.after(), false, null, null);
    }

    private void carryOut(SetMachine.Order order) throws IOException, RolloutException, VerbException {
        for (SavedMember member : members) {
            RolloutPlan draft = member.draft();
            if (!draft.subject().application().equals(order.member())) {
                continue;
            }
            if (order.verb() == null) {
                RolloutPlan back = new RolloutPlan(
                        draft.id() + UNDO,
                        draft.subject(),
                        List.of(),
                        draft.router(),
                        draft.routerSettings(),
                        null,
                        null,
                        draft.deadlineSeconds(),
                        false,
                        draft.startedBy(),
                        draft.build());
                Rollouts.get().undo(back, "");
                RolloutDiary.said(draft.subject(), "undo", draft.startedBy(), "");
            } else {
                Rollouts.get().command(draft.subject(), Verb.of(order.verb(), draft.startedBy()));
                RolloutDiary.said(draft.subject(), Verb.of(order.verb(), draft.startedBy()));
            }
        }
    }

    private void interrupted() throws IOException {
        if (begun && abortOnInterrupt) {
            for (SavedMember member : members) {
                tell(member, Verb.Kind.DECIDE_ABORT);
            }
            for (SavedMember member : members) {
                tell(member, Verb.Kind.ABORT);
            }
            say("The build was stopped, and so every member goes back (onInterrupt: 'abort').");
        } else if (begun) {
            say("The build was stopped. Every member holds at its next barrier (onInterrupt: 'hold').");
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
