package io.jenkins.plugins.shera.deploy.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Where an agent of one tenant reports, and how much. */
public class ApmTenant extends AbstractDescribableImpl<ApmTenant> {
    private final String tenant;
    private String collector = "";
    private String sampling = "";
    private String page = "";

    /** {@code tenant} is the id of the tenant. */
    @DataBoundConstructor
    public ApmTenant(String tenant) {
        this.tenant = Util.fixNull(tenant).trim();
    }

    public String getTenant() {
        return tenant;
    }

    /** Address of its collector; empty for the agent's own. */
    public String getCollector() {
        return collector;
    }

    @DataBoundSetter
    public void setCollector(String collector) {
        this.collector = Util.fixNull(collector).trim();
    }

    /** Percent of the requests that are traced; empty for the agent's own. */
    public String getSampling() {
        return sampling;
    }

    @DataBoundSetter
    public void setSampling(String sampling) {
        this.sampling = Util.fixNull(sampling).trim();
    }

    /** Template of the address of its applications in the APM; empty for the agent's own. */
    public String getPage() {
        return page == null ? "" : page;
    }

    @DataBoundSetter
    public void setPage(String page) {
        this.page = Util.fixNull(page).trim();
    }

    /** Names it for configuration as code. */
    @Extension
    @Symbol("apmTenant")
    public static final class DescriptorImpl extends Descriptor<ApmTenant> {
        @Override
        public String getDisplayName() {
            return Messages.ApmTenant_displayName();
        }
    }
}
