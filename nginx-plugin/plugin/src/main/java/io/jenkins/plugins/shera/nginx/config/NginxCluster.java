package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.nginx.intent.WatchedObjects;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A set of nginx nodes with one intended configuration. */
public class NginxCluster extends AbstractDescribableImpl<NginxCluster> {
    private static final int USUAL_PORT = 80;
    private static final int USUAL_TLS_PORT = 443;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern GATEWAY = Pattern.compile(LABEL.pattern() + "/" + NAME.pattern());

    private final String id;
    private final List<NginxNodeSettings> nodes;
    private List<String> tenants = new ArrayList<>();
    private List<String> daemons = new ArrayList<>();
    private List<String> ingressClasses = new ArrayList<>();
    private List<String> gateways = new ArrayList<>();
    private boolean objectPods;
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
        this.tenants = words(ids);
    }

    /** Names of the nodes on which KubeNg runs, separated by spaces; with such nodes there are no others. */
    public String getDaemons() {
        return String.join(" ", daemonNames());
    }

    @DataBoundSetter
    public void setDaemons(String names) {
        this.daemons = words(names);
    }

    private static List<String> words(String text) {
        String trimmed = Util.fixNull(text).trim();
        return trimmed.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(trimmed.split("[\\s,]+")));
    }

    /** Classes of Ingress objects that KubeNg serves, separated by spaces; empty means none. */
    public String getIngressClasses() {
        return String.join(" ", orNone(ingressClasses));
    }

    @DataBoundSetter
    public void setIngressClasses(String names) {
        this.ingressClasses = words(names);
    }

    /** Gateways as {@code namespace/name} whose HTTPRoute objects KubeNg serves, separated by spaces; empty means none. */
    public String getGateways() {
        return String.join(" ", orNone(gateways));
    }

    @DataBoundSetter
    public void setGateways(String names) {
        this.gateways = words(names);
    }

    /** Whether requests of such objects go to pods rather than to the cluster IP of a Service. */
    public boolean isObjectPods() {
        return objectPods;
    }

    @DataBoundSetter
    public void setObjectPods(boolean objectPods) {
        this.objectPods = objectPods;
    }

    /** A cluster that was saved before there was such a list has none. */
    private static List<String> orNone(List<String> names) {
        return names == null ? List.of() : names;
    }

    /** Which objects of Kubernetes its nodes serve, of the namespaces of its tenants; empty for none. */
    public Optional<WatchedObjects> watched() {
        List<String> classes = orNone(ingressClasses);
        List<String> parents = orNone(gateways);
        if (!isKubeng() || classes.isEmpty() && parents.isEmpty()) {
            return Optional.empty();
        }
        List<WatchedObjects.Namespace> namespaces = new ArrayList<>();
        for (Tenant tenant : SheraConfiguration.get().getTenants()) {
            if (serves(tenant.getId())) {
                tenant.getNamespaces()
                        .forEach(one -> namespaces.add(
                                new WatchedObjects.Namespace(one.getCluster(), one.getNamespace(), tenant.getId())));
            }
        }
        return Optional.of(new WatchedObjects(namespaces, classes, parents, getPort(), getTlsPort(), objectPods));
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
        checkObjects();
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

    private void checkObjects() {
        for (String name : orNone(ingressClasses)) {
            if (!NAME.matcher(name).matches()) {
                throw Refusal.input(
                        "ingressClasses", Messages.NginxCluster_objects(name), Messages.NginxCluster_objects_next());
            }
        }
        for (String name : orNone(gateways)) {
            if (!GATEWAY.matcher(name).matches()) {
                throw Refusal.input(
                        "gateways", Messages.NginxCluster_objects(name), Messages.NginxCluster_objects_next());
            }
        }
        if (!isKubeng() && !orNone(ingressClasses).isEmpty()) {
            throw Refusal.input(
                    "ingressClasses", Messages.NginxCluster_noDaemons(id), Messages.NginxCluster_noDaemons_next());
        }
        if (!isKubeng() && !orNone(gateways).isEmpty()) {
            throw Refusal.input(
                    "gateways", Messages.NginxCluster_noDaemons(id), Messages.NginxCluster_noDaemons_next());
        }
    }

    /** The same cluster, one of whose nodes is known by this key of SSH. */
    NginxCluster knowing(NginxNodeSettings node, String key) {
        NginxCluster copy = new NginxCluster(
                id,
                nodes.stream()
                        .map(each -> each == node ? each.knownBy(key) : each)
                        .toList());
        copy.tenants = tenants;
        copy.daemons = daemons;
        copy.port = port;
        copy.tlsPort = tlsPort;
        copy.ingressClasses = ingressClasses;
        copy.gateways = gateways;
        copy.objectPods = objectPods;
        return copy;
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
