package io.jenkins.plugins.shera.nginx.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.tls.CertificatePair;
import io.jenkins.plugins.shera.nginx.tls.InvalidCertificateException;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/** All nginx clusters; configuration as code knows it as {@code sheraNginx}. */
@Extension
@Symbol("sheraNginx")
public class NginxConfiguration extends GlobalConfiguration {
    private List<NginxCluster> clusters = new ArrayList<>();
    private List<NginxCertificate> certificates = new ArrayList<>();
    private List<TenantDirectives> directives = new ArrayList<>();

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

    /** The lists of tenants whose own files may have other directives than the usual. */
    public synchronized List<TenantDirectives> getDirectives() {
        // Settings that were saved before there were any have none.
        return directives == null ? List.of() : List.copyOf(directives);
    }

    /** Replaces them all, or refuses the first that cannot be; needs SheRa/Administer. They hold from the next push on. */
    public synchronized void setDirectives(List<TenantDirectives> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<TenantDirectives> checked = wanted == null ? new ArrayList<>() : new ArrayList<>(wanted);
        Set<String> tenants = new HashSet<>();
        for (TenantDirectives one : checked) {
            one.check();
            if (!tenants.add(one.getTenant())) {
                throw Refusal.input(
                        "directives",
                        Messages.TenantDirectives_twice(one.getTenant()),
                        Messages.TenantDirectives_twice_next());
            }
        }
        directives = checked;
        save();
    }

    /** What the own files of this tenant may have. */
    public SiteAllowance allowance(String tenant) {
        return getDirectives().stream()
                .filter(one -> one.getTenant().equals(tenant))
                .findFirst()
                .map(TenantDirectives::allowance)
                .orElseGet(() -> SiteAllowance.of(tenant, List.of(), List.of()));
    }

    /** Knows a node from now on by this key of SSH; needs SheRa/Administer. */
    public synchronized void know(NginxCluster cluster, NginxNodeSettings node, String key) {
        setClusters(getClusters().stream()
                .map(each -> each == cluster ? each.knowing(node, key) : each)
                .toList());
    }

    /** The certificates of all clusters, with their keys. */
    public synchronized List<NginxCertificate> getCertificates() {
        // Settings that were saved before there were any have none.
        return certificates == null ? List.of() : List.copyOf(certificates);
    }

    /** Replaces them all, or refuses the first that cannot be; needs SheRa/Administer. The nodes follow within minutes. */
    public synchronized void setCertificates(List<NginxCertificate> wanted) {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        List<NginxCertificate> checked = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (NginxCertificate one : wanted == null ? List.<NginxCertificate>of() : wanted) {
            // What is over by now was good when it was given: it must not keep Jenkins from starting.
            if (!isKept(one)) {
                one.check();
            }
            if (!names.add(one.getNginx() + " " + one.id())) {
                throw Refusal.input(
                        "certificates",
                        Messages.NginxCertificate_twice(one.id()),
                        Messages.NginxCertificate_twice_next());
            }
            certificate(one.getNginx(), one.id()).ifPresent(one::keepFound);
            // Whatever else stood in the texts, a key among them, is not kept in the open.
            checked.add(pair(one).map(one::holding).orElse(one));
        }
        certificates = checked;
        save();
    }

    private boolean isKept(NginxCertificate one) {
        Optional<String> version =
                one.isFollowed() ? Optional.empty() : pair(one).map(CertificatePair::version);
        return version.isPresent()
                && certificate(one.getNginx(), one.id())
                        .flatMap(NginxConfiguration::pair)
                        .map(CertificatePair::version)
                        .equals(version);
    }

    private static Optional<CertificatePair> pair(NginxCertificate one) {
        try {
            return one.pair();
        } catch (InvalidCertificateException e) {
            return Optional.empty();
        }
    }

    /** The certificate that routes of this cluster name so. */
    public Optional<NginxCertificate> certificate(String cluster, String id) {
        return getCertificates().stream().filter(one -> one.isOf(cluster, id)).findFirst();
    }

    /** Keeps one in place of its namesake; the caller checked who may. */
    public synchronized void keep(NginxCertificate wanted) {
        List<NginxCertificate> changed = new ArrayList<>(getCertificates());
        changed.removeIf(one -> one.isOf(wanted.getNginx(), wanted.id()));
        changed.add(wanted);
        certificates = changed;
        save();
    }

    /** Forgets one; the caller checked who may, and that no route shows it. */
    public synchronized void forget(NginxCertificate unwanted) {
        List<NginxCertificate> changed = new ArrayList<>(getCertificates());
        changed.removeIf(one -> one.isOf(unwanted.getNginx(), unwanted.id()));
        certificates = changed;
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
