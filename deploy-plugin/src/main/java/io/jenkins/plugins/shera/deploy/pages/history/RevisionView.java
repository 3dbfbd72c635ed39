package io.jenkins.plugins.shera.deploy.pages.history;

import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.shera.deploy.history.Revision;
import io.jenkins.plugins.shera.deploy.steps.rollout.HistoryDesk;
import io.jenkins.plugins.shera.platform.access.Starter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A revision as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class RevisionView {

    private final String tenant;
    private final Revision revision;

    RevisionView(String tenant, Revision revision) {
        this.tenant = tenant;
        this.revision = revision;
    }

    /** As kubectl counts. */
    @Exported
    public long getNumber() {
        return revision.number();
    }

    @Exported
    public String getImage() {
        return revision.image();
    }

    /** The image's quality: OK, ERROR, NONE, not-run, unbound, hand-made, forged or unknown. */
    @Exported
    public String getQuality() {
        return HistoryDesk.quality(tenant, revision.image());
    }

    /** ISO 8601. */
    @Exported
    public String getCreated() {
        return revision.created();
    }

    /** The build that deployed it, or empty. */
    @Exported
    public String getBuild() {
        return revision.build();
    }

    /** Path of that build below Jenkins' root, empty when it is gone or hidden from the caller. */
    @Exported
    public String getBuildUrl() {
        Run<?, ?> run = run();
        return run == null ? "" : run.getUrl();
    }

    /** Who started that build, as far as that is still known. */
    @Exported
    public String getWho() {
        Run<?, ?> run = run();
        String who = run == null ? ACL.SYSTEM_USERNAME : Starter.of(run, ACL.SYSTEM_USERNAME);
        return who.equals(ACL.SYSTEM_USERNAME) ? "" : who;
    }

    private Run<?, ?> run() {
        Run<?, ?> run = revision.build().isEmpty() ? null : Run.fromExternalizableId(revision.build());
        return run == null || !run.hasPermission(hudson.model.Item.READ) ? null : run;
    }

    /** Pods of it. */
    @Exported
    public int getPods() {
        return revision.pods();
    }

    /** Whether it is what is deployed. */
    @Exported
    public boolean isStable() {
        return revision.stable();
    }

    /** Its pod template, to be read and compared. */
    @Exported
    public String getText() {
        return revision.text();
    }
}
