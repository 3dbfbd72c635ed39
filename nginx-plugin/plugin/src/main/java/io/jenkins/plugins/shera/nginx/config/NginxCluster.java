package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A set of nginx nodes with one intended configuration. */
public class NginxCluster extends AbstractDescribableImpl<NginxCluster> {
    private static final int USUAL_PORT = 80;

    private final String id;
    private final List<NginxNodeSettings> nodes;
    private List<String> tenants = new ArrayList<>();
    private int port = USUAL_PORT;

    /** {@code id} is what steps name it by. */
    @DataBoundConstructor
    public NginxCluster(String id, List<NginxNodeSettings> nodes) {
        this.id = id;
        this.nodes = nodes == null ? new ArrayList<>() : new ArrayList<>(nodes);
    }

    public String getId() {
        return id;
    }

    public List<NginxNodeSettings> getNodes() {
        return List.copyOf(nodes);
    }

    /** Ids of the tenants that may publish here, separated by spaces; empty means none. */
    public String getTenants() {
        return String.join(" ", tenants);
    }

    @DataBoundSetter
    public void setTenants(String ids) {
        String trimmed = Util.fixNull(ids).trim();
        this.tenants = trimmed.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(trimmed.split("[\\s,]+")));
    }

    /** Whether this tenant may publish here. */
    public boolean serves(String tenant) {
        return tenants.contains(tenant);
    }

    /** Where routes are served unless they name another port. */
    public int getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    @Extension
    @Symbol("nginxCluster")
    public static final class DescriptorImpl extends Descriptor<NginxCluster> {
        @Override
        public String getDisplayName() {
            return Messages.NginxCluster_displayName();
        }
    }
}
