package io.jenkins.plugins.shera.deploy.pages.apm;

import io.jenkins.plugins.shera.deploy.config.ApmAgent;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An agent as one tenant may use it. */
@ExportedBean(defaultVisibility = 999)
public final class AgentView {

    private final ApmAgent agent;
    private final String tenant;

    AgentView(ApmAgent agent, String tenant) {
        this.agent = agent;
        this.tenant = tenant;
    }

    @Exported
    public String getName() {
        return agent.getName();
    }

    @Exported
    public String getImage() {
        return agent.getImage();
    }

    /** Where it reports to; empty when it needs no address. */
    @Exported
    public String getCollector() {
        return agent.collectorOf(tenant);
    }

    /** Percent of the requests that are traced. */
    @Exported
    public String getSampling() {
        return agent.samplingOf(tenant);
    }
}
