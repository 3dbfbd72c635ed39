package io.jenkins.plugins.shera.deploy.pages.rollout;

import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An application that may be a member of a release set, and where it is. */
@ExportedBean
public final class SetPlaceView {

    private final String application;
    private final List<String> environments;

    SetPlaceView(String application, List<String> environments) {
        this.application = application;
        this.environments = List.copyOf(environments);
    }

    /** Name of the application. */
    @Exported
    public String getApplication() {
        return application;
    }

    /** Names of its environments, in order. */
    @Exported
    public List<String> getEnvironments() {
        return environments;
    }
}
