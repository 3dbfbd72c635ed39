package io.jenkins.plugins.shera.deploy.pages.rollout;

import io.jenkins.plugins.shera.deploy.canary.RolloutPlan;
import io.jenkins.plugins.shera.deploy.canary.RolloutStatus;
import io.jenkins.plugins.shera.deploy.canary.Side;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Verb;
import io.jenkins.plugins.shera.deploy.canary.Verbs;
import io.jenkins.plugins.shera.deploy.canary.World;
import io.jenkins.plugins.shera.deploy.steps.rollout.RolloutDesk;
import io.jenkins.plugins.shera.deploy.steps.rollout.Rollouts.Seen;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One rollout as it is seen now, or that there is none, or why it cannot be seen. */
@ExportedBean(defaultVisibility = 999)
public final class RolloutView {

    private final Subject subject;
    private final Seen seen;
    private final String trouble;

    private RolloutView(Subject subject, Seen seen, String trouble) {
        this.subject = subject;
        this.seen = seen;
        this.trouble = trouble;
    }

    /** Read now; a cluster that does not answer costs this view only. */
    public static RolloutView of(Subject subject) {
        try {
            return new RolloutView(subject, RolloutDesk.look(subject).orElse(null), "");
        } catch (Refusal e) {
            return new RolloutView(subject, null, e.getMessage());
        }
    }

    /** One that was read before. */
    static RolloutView of(Subject subject, Optional<Seen> seen, String trouble) {
        return new RolloutView(subject, seen.orElse(null), trouble);
    }

    private RolloutPlan plan() {
        return seen.record().plan();
    }

    private RolloutStatus status() {
        return seen.record().status();
    }

    private Optional<World> world() {
        return seen == null ? Optional.empty() : Optional.ofNullable(seen.world());
    }

    @Exported
    public String getEnvironment() {
        return subject.environment();
    }

    @Exported
    public String getCluster() {
        return subject.cluster();
    }

    @Exported
    public String getNamespace() {
        return subject.namespace();
    }

    /** Whether there is or was a rollout. */
    @Exported
    public boolean isKnown() {
        return seen != null;
    }

    /** Why the cluster does not tell, or what keeps the rollout from going on; may be empty. */
    @Exported
    public String getTrouble() {
        if (seen == null) {
            return trouble;
        }
        return seen.record().trusted() ? seen.problem() : Messages.RolloutView_untrusted(subject.record());
    }

    @Exported
    public String getPhase() {
        return seen == null ? "" : status().phase().text();
    }

    /** Whether it has ended and nothing is left to do. */
    @Exported
    public boolean isOver() {
        return seen == null || status().isOver();
    }

    @Exported
    public String getReason() {
        return seen == null ? "" : status().reason();
    }

    /** {@code promote}, {@code resume}, {@code approval} or empty. */
    @Exported
    public String getWaitsFor() {
        return seen == null ? "" : status().waitsFor();
    }

    @Exported
    public String getImage() {
        return seen == null ? "" : plan().image();
    }

    /** The image, or how APM is switched. */
    @Exported
    public String getWhat() {
        return seen == null ? "" : plan().what();
    }

    @Exported
    public String getImageBefore() {
        return seen == null ? "" : plan().imageBefore();
    }

    @Exported
    public String getRouter() {
        return seen == null ? "" : plan().router();
    }

    @Exported
    public long getGeneration() {
        return seen == null ? 0 : status().generation();
    }

    @Exported
    public String getStartedBy() {
        return seen == null ? "" : plan().startedBy();
    }

    @Exported
    public String getBuild() {
        return seen == null ? "" : plan().build();
    }

    @Exported
    public String getStartedAt() {
        return seen == null ? "" : status().startedAt();
    }

    @Exported
    public String getChangedAt() {
        return seen == null ? "" : status().changedAt();
    }

    @Exported
    public String getApprovedBy() {
        return seen == null ? "" : status().approvedBy();
    }

    /** Percent of the requests that the canary really gets; null when not known. */
    @Exported
    public Integer getWeight() {
        return world().map(World::percent).orElse(null);
    }

    /** Requests that go to the canary whatever the weight, for people. */
    @Exported
    public List<String> getMatches() {
        return world().map(world -> world.traffic().traffic().matches().stream()
                        .map(Object::toString)
                        .toList())
                .orElse(List.of());
    }

    /** What the router says: nodes that lag, the real share of pods; may be empty. */
    @Exported
    public String getTraffic() {
        return world().map(world -> world.traffic().detail()).orElse("");
    }

    @Exported
    public SideView getStable() {
        return world().map(World::stable).map(SideView::new).orElse(null);
    }

    @Exported
    public SideView getCanary() {
        return world().map(World::canary)
                .filter(Side::exists)
                .map(SideView::new)
                .orElse(null);
    }

    @Exported
    public List<StepView> getSteps() {
        List<StepView> steps = new ArrayList<>();
        if (seen != null) {
            for (int i = 0; i < plan().steps().size(); i++) {
                steps.add(new StepView(plan(), status(), i));
            }
        }
        return steps;
    }

    /** The members of the release set that it is one of; empty when it is alone. */
    @Exported
    public List<String> getSet() {
        if (seen == null || plan().set() == null) {
            return List.of();
        }
        return plan().set().parts().stream().map(plan().set()::name).toList();
    }

    /** The controller in the cluster that drives it; empty when this is ours. */
    @Exported
    public String getDriver() {
        return seen == null || seen.driver() == null ? "" : seen.driver().controller();
    }

    /** The verbs that fit now. */
    @Exported
    public List<String> getVerbs() {
        if (seen != null && seen.driver() != null) {
            return seen.driver().verbs().stream().map(Verb.Kind::text).toList();
        }
        if (seen == null || !seen.record().trusted()) {
            return List.of();
        }
        return Verbs.fitting(plan(), status()).stream().map(Verb.Kind::text).toList();
    }
}
