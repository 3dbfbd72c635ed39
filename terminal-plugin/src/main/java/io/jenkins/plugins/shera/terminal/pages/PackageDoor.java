package io.jenkins.plugins.shera.terminal.pages;

import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An environment and whether it lets in an image that was made by hand. */
@ExportedBean
public final class PackageDoor {

    private final String name;
    private final EnvironmentPolicy policy;

    PackageDoor(String name, EnvironmentPolicy policy) {
        this.name = name;
        this.policy = policy;
    }

    @Exported
    public String getName() {
        return name;
    }

    /** Which images it takes: {@code any}, {@code built} or {@code passed}. */
    @Exported
    public String getImages() {
        return policy.getImages();
    }

    /** What happens to a hand-made image: {@code taken}, {@code warned} of, or {@code refused}. */
    @Exported
    public String getHandMade() {
        if (EnvironmentPolicy.ANY.equals(policy.getImages())) {
            return "taken";
        }
        return policy.isWarnOnly() ? "warned" : "refused";
    }
}
