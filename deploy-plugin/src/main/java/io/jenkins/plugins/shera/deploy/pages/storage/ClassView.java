package io.jenkins.plugins.shera.deploy.pages.storage;

import io.jenkins.plugins.shera.deploy.storage.StorageClassFacts;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A StorageClass as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class ClassView {

    private final StorageClassFacts facts;

    ClassView(StorageClassFacts facts) {
        this.facts = facts;
    }

    @Exported
    public String getName() {
        return facts.name();
    }

    @Exported
    public String getProvisioner() {
        return facts.provisioner();
    }

    /** What it is, such as Ceph RBD, or its provisioner. */
    @Exported
    public String getLabel() {
        return facts.label();
    }

    /** Access modes its driver serves, empty where that is not known. */
    @Exported
    public List<String> getModes() {
        return facts.modes();
    }

    @Exported
    public boolean isExpands() {
        return facts.expands();
    }

    /** Whether claims that name none get it. */
    @Exported
    public boolean isDefault() {
        return facts.isDefault();
    }
}
