package io.jenkins.plugins.shera.deploy.pages.middleware;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareFacts;
import io.jenkins.plugins.shera.deploy.steps.middleware.MiddlewareDesk;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The middleware of an application in one environment, as page and REST show it. */
@ExportedBean(defaultVisibility = 999)
public final class MiddlewareView {

    private final Subject subject;
    private final boolean mayChange;
    private final List<MiddlewareFacts> facts;
    private final String trouble;

    private MiddlewareView(Subject subject, boolean mayChange, List<MiddlewareFacts> facts, String trouble) {
        this.subject = subject;
        this.mayChange = mayChange;
        this.facts = facts;
        this.trouble = trouble;
    }

    /** As the cluster has it now; what keeps it from being read stands in {@link #getTrouble}. */
    static MiddlewareView of(Subject subject, boolean mayChange) {
        try {
            return new MiddlewareView(subject, mayChange, MiddlewareDesk.look(subject), "");
        } catch (Refusal e) {
            return new MiddlewareView(subject, mayChange, List.of(), e.getMessage());
        }
    }

    @Exported
    public String getEnvironment() {
        return subject.environment();
    }

    @Exported
    public String getCluster() {
        return subject.cluster();
    }

    @Exported
    public String getNamespace() {
        return subject.namespace();
    }

    @Exported
    public boolean isMayChange() {
        return mayChange;
    }

    @Exported
    public String getTrouble() {
        return trouble;
    }

    @Exported
    public List<InstanceView> getInstances() {
        return facts.stream()
                .map(each -> new InstanceView(each, subject.namespace(), subject.application()))
                .toList();
    }
}
