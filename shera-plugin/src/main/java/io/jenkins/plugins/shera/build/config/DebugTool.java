package io.jenkins.plugins.shera.build.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A bundle of debug tools in the catalogue, for all tenants or for some. */
public class DebugTool extends AbstractDescribableImpl<DebugTool> {
    private final String name;
    private final String image;
    private List<String> tenants = new ArrayList<>();

    /** {@code name} is what builds name it by, {@code image} the bundle as {@code registry/repository@sha256:...}. */
    @DataBoundConstructor
    public DebugTool(String name, String image) {
        this.name = Util.fixNull(name).trim();
        this.image = Util.fixNull(image).trim();
    }

    public String getName() {
        return name;
    }

    public String getImage() {
        return image;
    }

    /** Ids of the tenants that may use it, separated by spaces; empty means all. */
    public String getTenants() {
        return String.join(" ", tenants);
    }

    @DataBoundSetter
    public void setTenants(String ids) {
        String trimmed = Util.fixNull(ids).trim();
        this.tenants = trimmed.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(trimmed.split("[\\s,]+")));
    }

    /** Whether builds of this tenant may name it. */
    public boolean serves(String tenant) {
        return tenants.isEmpty() || tenants.contains(tenant);
    }

    /** Whether it is for some tenants only. */
    boolean isOfTenants() {
        return !tenants.isEmpty();
    }

    @Extension
    @Symbol("debugTool")
    public static final class DescriptorImpl extends Descriptor<DebugTool> {
        @Override
        public String getDisplayName() {
            return Messages.DebugTool_displayName();
        }
    }
}
