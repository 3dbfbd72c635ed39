package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.model.Run;
import io.jenkins.plugins.shera.deploy.canary.RolloutException;
import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.Starter;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.steps.EnvironmentDoor;
import io.jenkins.plugins.shera.deploy.steps.apm.TenantAgents;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Begins the members of a release set, all or none: what had begun goes back when one cannot. Beginning them again finds those that have. */
final class SetBeginning {

    private final List<SavedMember> members;
    private final String override;
    private final Run<?, ?> run;

    /**
     * The members as they were permitted.
     *
     * @param override why somebody who may overrides freezes and policies; null when nobody does
     * @param run in which that is; null for the caller of a page
     */
    SetBeginning(List<SavedMember> members, String override, Run<?, ?> run) {
        this.members = List.copyOf(members);
        this.override = override;
        this.run = run;
    }

    /**
     * Begins all, one after another; slow.
     *
     * @return the set, which is led from now on
     * @throws RolloutException saying which member did not begin and why; everything that had begun goes back
     */
    LiveSet begin(Consumer<String> say) throws IOException, RolloutException {
        if (isNew()) {
            for (SavedMember member : members) {
                check(member);
            }
        }
        boolean any = false;
        for (SavedMember member : members) {
            RolloutPlan draft = member.draft();
            try {
                Rollouts.get().start(draft, member.image(), member.env(), member.pod(), override, run, say);
                any = true;
                say.accept("Releasing " + member.image() + " as " + draft.subject());
                RolloutDiary.said(draft.subject(), "begin", draft.startedBy(), member.image());
            } catch (IOException | RolloutException | RuntimeException e) {
                throw notBegun(draft, any, e);
            }
        }
        LiveSet set = lead();
        set.begun();
        return set;
    }

    /** Whether no member has begun yet; where that cannot be seen, beginning them tells. */
    private boolean isNew() throws RolloutException {
        try {
            for (SavedMember member : members) {
                if (Rollouts.get().isBegun(member.draft())) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** What can be known to fail fails before any member has begun, for a member that goes back is pinned. */
    private void check(SavedMember member) throws IOException, RolloutException {
        RolloutPlan draft = member.draft();
        Subject subject = draft.subject();
        try (ClusterClient client = Reach.open(subject)) {
            if (override == null) {
                new EnvironmentDoor(subject.tenant(), subject.application(), subject.environment())
                        .check(member.image(), null, run, line -> {});
            }
            ReleaseSets.get().refuseStranger(draft);
            new Foreigners().refuse(client.api(), subject);
            new Starter(
                            client.api(),
                            Reach.store(client.api(), subject),
                            Reach.router(draft),
                            "",
                            new TenantAgents(subject.tenant()))
                    .check(draft, member.image(), member.env(), member.pod());
        } catch (DeployException | IOException | RolloutException | RuntimeException e) {
            throw notBegun(draft, false, e);
        }
    }

    /** The set that leads the members. */
    LiveSet lead() throws IOException {
        return ReleaseSets.get()
                .lead(members.get(0).draft())
                .orElseThrow(() -> new IllegalStateException("This build was saved by an earlier version, whose"
                        + " release sets were led by their builds. Promote or abort the members by hand."));
    }

    private RolloutException notBegun(RolloutPlan failed, boolean any, Exception cause) throws IOException {
        String why = String.valueOf(cause.getMessage());
        if (any) {
            // A page that waited too long interrupted this thread; what had begun goes back all the same.
            boolean late = Thread.interrupted();
            lead().notBegun(why);
            if (late) {
                Thread.currentThread().interrupt();
            }
        } else {
            new SetNews(failed.set(), failed.startedBy()).notBegun(why);
        }
        return new RolloutException(
                "The release set did not begin" + (any ? ", and what had begun goes back. " : ". ") + why, cause);
    }
}
