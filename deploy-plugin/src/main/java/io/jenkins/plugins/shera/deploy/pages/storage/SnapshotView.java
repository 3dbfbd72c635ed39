package io.jenkins.plugins.shera.deploy.pages.storage;

import io.jenkins.plugins.shera.deploy.storage.SnapshotFacts;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A snapshot as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class SnapshotView {

    private final SnapshotFacts facts;

    SnapshotView(SnapshotFacts facts) {
        this.facts = facts;
    }

    @Exported
    public String getName() {
        return facts.name();
    }

    /** The claim it was taken of. */
    @Exported
    public String getClaim() {
        return facts.claim();
    }

    @Exported
    public boolean isReady() {
        return facts.ready();
    }

    /** What a claim made of it needs at least, empty while that is not known. */
    @Exported
    public String getSize() {
        return facts.size();
    }

    /** ISO 8601. */
    @Exported
    public String getCreated() {
        return facts.created();
    }

    /** Why it is not ready, in the cluster's words. */
    @Exported
    public String getTrouble() {
        return facts.trouble();
    }
}
