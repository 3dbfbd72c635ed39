package io.jenkins.plugins.shera.deploy.pages.storage;

import io.jenkins.plugins.shera.deploy.storage.ClaimFacts;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A claim as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class ClaimView {

    private final ClaimFacts facts;

    ClaimView(ClaimFacts facts) {
        this.facts = facts;
    }

    @Exported
    public String getName() {
        return facts.name();
    }

    /** Pending, Bound, Lost or Terminating. */
    @Exported
    public String getPhase() {
        return facts.phase();
    }

    /** What is asked for. */
    @Exported
    public String getSize() {
        return facts.size();
    }

    /** What it has, empty while it has nothing. */
    @Exported
    public String getCapacity() {
        return facts.capacity();
    }

    @Exported
    public String getStorageClass() {
        return facts.storageClass();
    }

    /** What its class is, or its provisioner. */
    @Exported
    public String getLabel() {
        return facts.label();
    }

    @Exported
    public List<String> getModes() {
        return facts.modes();
    }

    /** Whether it may be changed here. */
    @Exported
    public boolean isOurs() {
        return facts.ours();
    }

    /** Whether it stays when the application goes. */
    @Exported
    public boolean isKeep() {
        return facts.keep();
    }

    /** Pods that use it. */
    @Exported
    public List<String> getPods() {
        return facts.pods();
    }

    /** Whether the application as it is deployed mounts it. */
    @Exported
    public boolean isMounted() {
        return facts.mounted();
    }

    @Exported
    public boolean isExpands() {
        return facts.expands();
    }

    @Exported
    public boolean isGrowing() {
        return facts.isGrowing();
    }

    /** Why it waits, in the cluster's words. */
    @Exported
    public String getTrouble() {
        return facts.trouble();
    }
}
