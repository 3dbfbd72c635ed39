package io.jenkins.plugins.shera.nginx.steps;

import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.shera.nginx.certificates.CertificateDesk;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.work.DriftOnNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jenkins.model.Jenkins;

/** From the name of an nginx cluster to its nodes, and from a node's settings to the nginx on its machine. */
public final class NodeAccess {
    private NodeAccess() {}

    /** The cluster of this id, or for null the only one, if the tenant may use it and it has nodes that Jenkins can push to. */
    static NginxCluster cluster(String id, String tenant) throws InvalidRouteException {
        NginxCluster cluster = anyCluster(id, tenant);
        if (cluster.isKubeng()) {
            throw new InvalidRouteException(Messages.KubengNodes_noFiles(cluster.getId()));
        }
        return cluster;
    }

    /** The same, with nodes of either kind. */
    static NginxCluster anyCluster(String id, String tenant) throws InvalidRouteException {
        NginxConfiguration configuration = NginxConfiguration.get();
        NginxCluster cluster = (id == null ? configuration.onlyClusterOf(tenant) : configuration.clusterFor(id, tenant))
                .orElseThrow(() -> new InvalidRouteException(
                        id == null
                                ? Messages.PublishRouteExecution_whichNginx(tenant)
                                : Messages.PublishRouteExecution_noNginx(id, tenant)));
        if (cluster.getNodes().isEmpty() && !cluster.isKubeng()) {
            throw new InvalidRouteException(Messages.PublishRouteExecution_noNodes(cluster.getId()));
        }
        return cluster;
    }

    /** To the machine of the node; an error when its agent is away, or its credential is missing. */
    public static NodeChannel channel(NginxNodeSettings settings) throws IOException {
        if (settings.isSsh()) {
            return SshChannel.of(settings);
        }
        Node node =
                settings.getAgent().isEmpty() ? Jenkins.get() : Jenkins.get().getNode(settings.getAgent());
        VirtualChannel channel = node == null ? null : node.getChannel();
        if (channel == null) {
            throw new IOException(Messages.PublishRouteExecution_offline(settings.getAgent()));
        }
        return new AgentChannel(channel, settings.place());
    }

    /** For people. */
    public static String name(NginxNodeSettings settings) {
        if (settings.isSsh()) {
            return settings.getHost();
        }
        return settings.getAgent().isEmpty() ? "built-in" : settings.getAgent();
    }

    /** For people, each unlike any other of the cluster; in its order. */
    public static List<String> names(List<NginxNodeSettings> nodes) {
        List<String> plain = nodes.stream().map(NodeAccess::name).toList();
        List<String> names = new ArrayList<>();
        for (String name : plain) {
            names.add(Collections.frequency(plain, name) == 1 ? name : name + "-" + (names.size() + 1));
        }
        return names;
    }

    /** Puts back on a node what was last put there; files of people only where it is known which were pushed. */
    static DriftOnNode overwriting(NginxCluster cluster, String tenant) throws IOException {
        return DriftOnNode.overwriting(
                tenant, SiteDesk.intended(cluster.getId()).orElse(null), new CertificateDesk(cluster).all());
    }
}
