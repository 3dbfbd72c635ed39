package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/** All nginx clusters; configuration as code knows it as {@code sheraNginx}. */
@Extension
@Symbol("sheraNginx")
public class NginxConfiguration extends GlobalConfiguration {
    private List<NginxCluster> clusters = new ArrayList<>();

    /** Reads what was saved. */
    public NginxConfiguration() {
        load();
    }

    /** The one instance. */
    public static NginxConfiguration get() {
        return ExtensionList.lookupSingleton(NginxConfiguration.class);
    }

    public synchronized List<NginxCluster> getClusters() {
        return List.copyOf(clusters);
    }

    /** Replaces them all, or refuses the first that cannot be; needs SheRa/Administer. */
    public synchronized void setClusters(List<NginxCluster> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<NginxCluster> checked = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        checked.forEach(NginxCluster::check);
        clusters = checked;
        save();
    }

    /** The cluster in which KubeNg runs on that node. */
    public Optional<NginxCluster> clusterOfDaemon(String id, String node) {
        return getClusters().stream()
                .filter(cluster ->
                        cluster.getId().equals(id) && cluster.daemonNames().contains(node))
                .findFirst();
    }

    /** The cluster of this name, if the tenant may publish there; others are as good as absent. */
    public Optional<NginxCluster> clusterFor(String id, String tenant) {
        return getClusters().stream()
                .filter(cluster -> cluster.getId().equals(id) && cluster.serves(tenant))
                .findFirst();
    }

    /** The only cluster the tenant may publish to; empty when there is none, or a choice. */
    public Optional<NginxCluster> onlyClusterOf(String tenant) {
        List<NginxCluster> open =
                getClusters().stream().filter(cluster -> cluster.serves(tenant)).toList();
        return open.size() == 1 ? Optional.of(open.get(0)) : Optional.empty();
    }
}
