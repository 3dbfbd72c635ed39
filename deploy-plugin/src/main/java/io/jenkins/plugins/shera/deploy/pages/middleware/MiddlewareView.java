package io.jenkins.plugins.shera.deploy.pages.middleware;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareFacts;
import io.jenkins.plugins.shera.deploy.pages.place.PlaceView;
import io.jenkins.plugins.shera.deploy.steps.middleware.MiddlewareDesk;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The middleware of an application in one environment, as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class MiddlewareView extends PlaceView<List<MiddlewareFacts>> {

    private final boolean mayChange;

    /** As the cluster has it now. */
    MiddlewareView(Subject subject, boolean mayChange) {
        super(subject, MiddlewareDesk::look, List.of());
        this.mayChange = mayChange;
    }

    @Exported
    public boolean isMayChange() {
        return mayChange;
    }

    @Exported
    public List<InstanceView> getInstances() {
        return facts().stream()
                .map(each ->
                        new InstanceView(each, subject().namespace(), subject().application()))
                .toList();
    }
}
