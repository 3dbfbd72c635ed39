package io.jenkins.plugins.shera.deploy.pages.apm;

import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.pages.place.PlaceView;
import io.jenkins.plugins.shera.deploy.pages.rollout.RolloutView;
import io.jenkins.plugins.shera.deploy.steps.rollout.ApmDesk;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The APM switch of an application in one environment, as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class ApmView extends PlaceView<ApmState> {

    private final boolean mayChange;

    /** As the cluster has it now. */
    ApmView(Subject subject, boolean mayChange) {
        super(subject, where -> ApmDesk.look(where).orElse(null), null);
        this.mayChange = mayChange;
    }

    /** Whether the caller may switch it. */
    @Exported
    public boolean isMayChange() {
        return mayChange;
    }

    /** Whether the application is there. */
    @Exported
    public boolean isDeployed() {
        return facts() != null;
    }

    /** {@code off}, {@code canary} or {@code on}; {@code off} where it is not deployed. */
    @Exported
    public String getMode() {
        return facts() == null ? "off" : facts().mode().word();
    }

    /** Name of the agent, empty when it is off. */
    @Exported
    public String getAgent() {
        return facts() == null ? "" : facts().agent();
    }

    /** Address of the application in the APM, empty when it is off or the agent has none. */
    @Exported
    public String getPage() {
        return facts() == null ? "" : ApmDesk.page(subject(), facts().agent());
    }

    /** The rollout under way there, a switch of APM or another; null when none is. */
    @Exported
    public RolloutView getRollout() {
        RolloutView rollout = facts() == null ? null : RolloutView.of(subject());
        return rollout == null || rollout.isOver() ? null : rollout;
    }
}
