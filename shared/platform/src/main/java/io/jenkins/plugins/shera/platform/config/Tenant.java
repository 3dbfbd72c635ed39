package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.Symbol;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A party with applications of its own, bound to one Jenkins folder whose ACL decides who may do what for it. */
public final class Tenant extends Versioned<Tenant> {

    private final String id;
    private String displayName;
    private String displayNameZh;
    private String folder;
    private List<String> clusters = new ArrayList<>();
    private List<String> registries = new ArrayList<>();
    private List<TenantNamespace> namespaces = new ArrayList<>();
    private List<String> grantedJobs = new ArrayList<>();
    private Quota quota = new Quota();
    private List<Freeze> freezes = new ArrayList<>();
    private List<String> storageClasses = new ArrayList<>();

    /** {@code id} is a DNS-1123 label and never changes. */
    @DataBoundConstructor
    public Tenant(String id) {
        this.id = id;
    }

    public String getId() {
        return id;
    }

    public String getDisplayName() {
        return Util.fixNull(displayName);
    }

    @DataBoundSetter
    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public String getDisplayNameZh() {
        return Util.fixNull(displayNameZh);
    }

    @DataBoundSetter
    public void setDisplayNameZh(String displayNameZh) {
        this.displayNameZh = displayNameZh;
    }

    /** The name for the reader of this request. */
    public String title() {
        Locale locale = LocaleProvider.getLocale();
        boolean chinese = locale != null && Locale.CHINESE.getLanguage().equals(locale.getLanguage());
        String name = chinese && !getDisplayNameZh().isEmpty() ? getDisplayNameZh() : getDisplayName();
        return name.isEmpty() ? id : name;
    }

    /** Full name of the folder, empty while the tenant is bound to none. */
    public String getFolder() {
        return Util.fixNull(folder);
    }

    @DataBoundSetter
    public void setFolder(String folder) {
        this.folder = folder;
    }

    /** Ids of the clusters it may use. */
    public List<String> getClusters() {
        return Collections.unmodifiableList(clusters);
    }

    @DataBoundSetter
    public void setClusters(List<String> clusters) {
        this.clusters = new ArrayList<>(Util.fixNull(clusters));
    }

    /** Ids of the registries it may use. */
    public List<String> getRegistries() {
        return Collections.unmodifiableList(registries);
    }

    @DataBoundSetter
    public void setRegistries(List<String> registries) {
        this.registries = new ArrayList<>(Util.fixNull(registries));
    }

    /** The namespaces that are its own; a namespace belongs to one tenant. */
    public List<TenantNamespace> getNamespaces() {
        return Collections.unmodifiableList(namespaces);
    }

    @DataBoundSetter
    public void setNamespaces(List<TenantNamespace> namespaces) {
        this.namespaces = new ArrayList<>(Util.fixNull(namespaces));
    }

    /** Full names of jobs outside its folder that may act for it. */
    public List<String> getGrantedJobs() {
        return Collections.unmodifiableList(grantedJobs);
    }

    @DataBoundSetter
    public void setGrantedJobs(List<String> grantedJobs) {
        this.grantedJobs = new ArrayList<>(Util.fixNull(grantedJobs));
    }

    /** What it may ask of its clusters in sum. */
    public Quota getQuota() {
        return quota;
    }

    @DataBoundSetter
    public void setQuota(Quota quota) {
        this.quota = quota == null ? new Quota() : quota;
    }

    /** When no release of it may begin. */
    public List<Freeze> getFreezes() {
        return freezes == null ? List.of() : Collections.unmodifiableList(freezes);
    }

    @DataBoundSetter
    public void setFreezes(List<Freeze> freezes) {
        this.freezes = new ArrayList<>(Util.fixNull(freezes));
    }

    /** Names of the StorageClasses its volumes may come from; empty for all. */
    public List<String> getStorageClasses() {
        return storageClasses == null ? List.of() : Collections.unmodifiableList(storageClasses);
    }

    @DataBoundSetter
    public void setStorageClasses(List<String> storageClasses) {
        this.storageClasses = new ArrayList<>(Util.fixNull(storageClasses));
    }

    /** Whether a namespace of a cluster was granted to it. */
    public boolean owns(String cluster, String namespace) {
        return namespaces.stream()
                .anyMatch(own ->
                        own.getCluster().equals(cluster) && own.getNamespace().equals(namespace));
    }

    @Override
    String storeKey() {
        return id;
    }

    @Extension
    @Symbol("tenant")
    public static final class DescriptorImpl extends Descriptor<Tenant> {
        @Override
        public String getDisplayName() {
            return io.jenkins.plugins.shera.platform.Messages.Tenant_displayName();
        }
    }
}
