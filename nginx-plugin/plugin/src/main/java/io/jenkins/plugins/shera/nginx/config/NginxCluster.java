package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A set of nginx nodes with one intended configuration. */
public class NginxCluster extends AbstractDescribableImpl<NginxCluster> {
    private static final int USUAL_PORT = 80;
    private static final int USUAL_TLS_PORT = 443;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final String id;
    private final List<NginxNodeSettings> nodes;
    private List<String> tenants = new ArrayList<>();
    private List<String> daemons = new ArrayList<>();
    private int port = USUAL_PORT;
    private int tlsPort = USUAL_TLS_PORT;

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

    /** Names of the nodes on which KubeNg runs, separated by spaces; with such nodes there are no others. */
    public String getDaemons() {
        return String.join(" ", daemonNames());
    }

    @DataBoundSetter
    public void setDaemons(String names) {
        String trimmed = Util.fixNull(names).trim();
        this.daemons = trimmed.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(trimmed.split("[\\s,]+")));
    }

    /** The same one by one. */
    public List<String> daemonNames() {
        // A cluster that was saved before there were such nodes has none.
        return daemons == null ? List.of() : List.copyOf(daemons);
    }

    /** Whether its nodes ask for what they serve, rather than being pushed to. */
    public boolean isKubeng() {
        return !daemonNames().isEmpty();
    }

    /** Refuses names that could not stand in addresses and file names, nodes of both kinds, and what a node cannot be. */
    void check() {
        nodes.forEach(NginxNodeSettings::check);
        if (!isKubeng()) {
            return;
        }
        for (String name : daemonNames()) {
            if (!LABEL.matcher(name).matches()) {
                throw Refusal.input("daemons", Messages.NginxCluster_label(name), Messages.NginxCluster_label_next());
            }
        }
        if (!LABEL.matcher(id).matches()) {
            throw Refusal.input("id", Messages.NginxCluster_label(id), Messages.NginxCluster_label_next());
        }
        if (new HashSet<>(daemonNames()).size() != daemonNames().size()) {
            throw Refusal.input("daemons", Messages.NginxCluster_twice(id), Messages.NginxCluster_twice_next());
        }
        if (!nodes.isEmpty()) {
            throw Refusal.input("daemons", Messages.NginxCluster_both(id), Messages.NginxCluster_both_next());
        }
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

    /** Where routes are served over TLS unless they name another port. */
    public int getTlsPort() {
        // A cluster that was saved before there was TLS has none.
        return tlsPort == 0 ? USUAL_TLS_PORT : tlsPort;
    }

    @DataBoundSetter
    public void setTlsPort(int tlsPort) {
        this.tlsPort = tlsPort;
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
