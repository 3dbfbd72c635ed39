package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.config.Quota;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What is stored of a tenant, as reads give it. */
@ExportedBean
public abstract class TenantFacts extends SheraPage {

    final Tenant tenant;

    TenantFacts(Tenant tenant) {
        this.tenant = tenant;
    }

    @Exported
    public final String getId() {
        return tenant.getId();
    }

    @Exported(name = "displayName")
    public final String getStoredDisplayName() {
        return tenant.getDisplayName();
    }

    @Exported
    public final String getDisplayNameZh() {
        return tenant.getDisplayNameZh();
    }

    @Exported
    public final String getFolder() {
        return tenant.getFolder();
    }

    @Exported
    public final List<String> getClusters() {
        return tenant.getClusters();
    }

    @Exported
    public final List<String> getRegistries() {
        return tenant.getRegistries();
    }

    @Exported
    public final List<NamespaceFacts> getNamespaces() {
        return tenant.getNamespaces().stream().map(NamespaceFacts::new).toList();
    }

    @Exported
    public final List<String> getGrantedJobs() {
        return tenant.getGrantedJobs();
    }

    /** Names of the StorageClasses its volumes may come from; empty for all. */
    @Exported
    public final List<String> getStorageClasses() {
        return tenant.getStorageClasses();
    }

    @Exported
    public final QuotaFacts getQuota() {
        return new QuotaFacts(tenant.getQuota());
    }

    @Exported
    public final List<FreezeFacts> getFreezes() {
        return tenant.getFreezes().stream().map(FreezeFacts::new).toList();
    }

    @Exported
    public final long getVersion() {
        return tenant.getVersion();
    }

    /** A namespace of the tenant. */
    @ExportedBean(defaultVisibility = 999)
    public static final class NamespaceFacts {
        private final TenantNamespace namespace;

        NamespaceFacts(TenantNamespace namespace) {
            this.namespace = namespace;
        }

        @Exported
        public String getCluster() {
            return namespace.getCluster();
        }

        @Exported
        public String getNamespace() {
            return namespace.getNamespace();
        }
    }

    /** The bounds of the tenant. */
    @ExportedBean(defaultVisibility = 999)
    public static final class QuotaFacts {
        private final Quota quota;

        QuotaFacts(Quota quota) {
            this.quota = quota;
        }

        @Exported
        public String getCpu() {
            return quota.getCpu();
        }

        @Exported
        public String getMemory() {
            return quota.getMemory();
        }

        @Exported
        public String getPods() {
            return quota.getPods();
        }

        @Exported
        public String getStorage() {
            return quota.getStorage();
        }
    }
}
