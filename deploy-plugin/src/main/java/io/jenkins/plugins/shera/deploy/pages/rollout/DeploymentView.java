package io.jenkins.plugins.shera.deploy.pages.rollout;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.deploy.steps.DeployDesk;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How far a deployment of one environment is, as REST answers it. */
@ExportedBean
public final class DeploymentView implements ModelObject {

    private final Optional<RolloutState> seen;

    DeploymentView(DeployDesk desk) {
        this.seen = desk.look();
    }

    @Override
    public String getDisplayName() {
        return Messages.DeploymentView_displayName();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** {@code PROGRESSING}, {@code COMPLETE}, {@code FAILED}, or {@code ABSENT}. */
    @Exported
    public String getPhase() {
        return seen.map(state -> state.phase().name()).orElse("ABSENT");
    }

    /** As {@code kubectl rollout history} counts, or empty. */
    @Exported
    public String getRevision() {
        return seen.map(RolloutState::revision).orElse("");
    }

    /** The image that is wanted. */
    @Exported
    public String getImage() {
        return seen.map(RolloutState::image).orElse("");
    }

    /** Counts and, while something is in the way, what. */
    @Exported
    public String getSummary() {
        return seen.map(RolloutState::summary).orElse("");
    }

    /** Why it fails, with the pod's own reason; empty while it does not. */
    @Exported
    public String getTrouble() {
        return seen.map(RolloutState::trouble).map(trouble -> trouble.message()).orElse("");
    }

    /** One line for each pod. */
    @Exported
    public List<String> getPods() {
        return seen.map(state -> state.pods().stream()
                        .map(pod -> pod.name() + " " + pod.state() + (pod.ready() ? ", ready" : "")
                                + (pod.restarts() > 0 ? ", " + pod.restarts() + " restarts" : ""))
                        .toList())
                .orElse(List.of());
    }
}
