package io.jenkins.plugins.shera.deploy.pages.rollout;

import io.jenkins.plugins.shera.deploy.canary.SetPlan;
import io.jenkins.plugins.shera.deploy.steps.rollout.SetDesk;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One member of a release set and how far it is. */
@ExportedBean(defaultVisibility = 999)
public final class SetMemberView {

    private final SetPlan set;
    private final SetDesk.SeenMember seen;

    SetMemberView(SetPlan set, SetDesk.SeenMember seen) {
        this.set = set;
        this.seen = seen;
    }

    /** What people call it. */
    @Exported
    public String getName() {
        return set.name(seen.part());
    }

    @Exported
    public String getApplication() {
        return seen.part().subject().application();
    }

    /** What it releases. */
    @Exported
    public String getImage() {
        return seen.part().image();
    }

    /** Names of the members that must be stable before this one is promoted. */
    @Exported
    public List<String> getAfter() {
        return set.parts().stream()
                .filter(each -> seen.part().after().contains(each.key()))
                .map(set::name)
                .toList();
    }

    /** {@code promote}, {@code abort}, or empty while nothing is decided. */
    @Exported
    public String getDecision() {
        return !seen.member().isKnown()
                ? ""
                : seen.member().undone() ? "abort" : seen.member().status().decision();
    }

    /** Whether its cluster answers that this rollout is not recorded there, or not any more. */
    @Exported
    public boolean isGone() {
        return seen.member().gone();
    }

    /** Whether its environment asks for somebody other than who started the set. */
    @Exported
    public boolean isApproval() {
        return seen.member().isKnown() && seen.member().plan().approval();
    }

    /** Its rollout as it is seen now. */
    @Exported
    public RolloutView getRollout() {
        return RolloutView.of(seen.part().subject(), seen.seen(), seen.trouble());
    }
}
