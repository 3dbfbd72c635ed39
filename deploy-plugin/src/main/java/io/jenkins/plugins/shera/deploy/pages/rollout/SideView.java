package io.jenkins.plugins.shera.deploy.pages.rollout;

import io.jenkins.plugins.shera.deploy.canary.Side;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The pods of one side. */
@ExportedBean(defaultVisibility = 999)
public final class SideView {

    private final Side side;

    SideView(Side side) {
        this.side = side;
    }

    @Exported
    public int getDesired() {
        return side.desired();
    }

    @Exported
    public int getReady() {
        return side.ready();
    }

    /** What is wrong, in the cluster's words; may be empty. */
    @Exported
    public String getTrouble() {
        return side.trouble();
    }
}
