package io.jenkins.plugins.shera.deploy.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A Java agent that applications can be switched to: Pinpoint, OpenTelemetry, SkyWalking or another. */
public class ApmAgent extends AbstractDescribableImpl<ApmAgent> {
    private final String name;
    private final String image;
    private final String path;
    private final String option;
    private String env = "";
    private boolean writable;
    private String collector = "";
    private String sampling = "100";
    private String page = "";
    private List<ApmTenant> tenants = new ArrayList<>();

    /**
     * What no agent can do without.
     *
     * @param name by which applications are switched to it
     * @param image that brings it
     * @param path of its file, or of its folder with {@code /} at the end, in that image
     * @param option for the virtual machine
     */
    @DataBoundConstructor
    public ApmAgent(String name, String image, String path, String option) {
        this.name = Util.fixNull(name).trim();
        this.image = Util.fixNull(image).trim();
        this.path = Util.fixNull(path).trim();
        this.option = Util.fixNull(option).trim();
    }

    public String getName() {
        return name;
    }

    public String getImage() {
        return image;
    }

    public String getPath() {
        return path;
    }

    public String getOption() {
        return option;
    }

    /** Further variables, {@code NAME=value} a line. */
    public String getEnv() {
        return env;
    }

    @DataBoundSetter
    public void setEnv(String env) {
        this.env = Util.fixNull(env).trim();
    }

    /** Whether the agent writes into its own folder, logs for example. */
    public boolean isWritable() {
        return writable;
    }

    @DataBoundSetter
    public void setWritable(boolean writable) {
        this.writable = writable;
    }

    /** Address of the collector of tenants that have none of their own; empty for none. */
    public String getCollector() {
        return collector;
    }

    @DataBoundSetter
    public void setCollector(String collector) {
        this.collector = Util.fixNull(collector).trim();
    }

    /** Percent of the requests that are traced. */
    public String getSampling() {
        return sampling;
    }

    @DataBoundSetter
    public void setSampling(String sampling) {
        String trimmed = Util.fixNull(sampling).trim();
        this.sampling = trimmed.isEmpty() ? "100" : trimmed;
    }

    /** Template of the address of an application's page in the APM; empty for none. */
    public String getPage() {
        return page;
    }

    @DataBoundSetter
    public void setPage(String page) {
        this.page = Util.fixNull(page).trim();
    }

    /** Tenants with a collector or a sampling of their own. */
    public List<ApmTenant> getTenants() {
        return List.copyOf(tenants);
    }

    @DataBoundSetter
    public void setTenants(List<ApmTenant> tenants) {
        this.tenants = tenants == null ? new ArrayList<>() : new ArrayList<>(tenants);
    }

    /** Where it reports for a tenant; empty for nowhere. */
    public String collectorOf(String tenant) {
        return own(tenant)
                .map(ApmTenant::getCollector)
                .filter(each -> !each.isEmpty())
                .orElse(collector);
    }

    /** Percent of the requests that are traced for a tenant. */
    public String samplingOf(String tenant) {
        return own(tenant)
                .map(ApmTenant::getSampling)
                .filter(each -> !each.isEmpty())
                .orElse(sampling);
    }

    String pageOf(String tenant) {
        return own(tenant)
                .map(ApmTenant::getPage)
                .filter(each -> !each.isEmpty())
                .orElse(page);
    }

    private Optional<ApmTenant> own(String tenant) {
        return tenants.stream().filter(each -> each.getTenant().equals(tenant)).findFirst();
    }

    /** Names it for configuration as code. */
    @Extension
    @Symbol("apmAgent")
    public static final class DescriptorImpl extends Descriptor<ApmAgent> {
        @Override
        public String getDisplayName() {
            return Messages.ApmAgent_displayName();
        }
    }
}
