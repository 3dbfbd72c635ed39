package io.jenkins.plugins.shera.deploy.steps;

import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.storage.StorageRules;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.input.Quantity;

/** What volumes a tenant may have, as its settings say now. */
public final class StorageLaw {

    private StorageLaw() {}

    static StorageRules of(DeployRequest request) {
        return of(request.origin().tenant(), request.cluster());
    }

    /** Of this tenant in this cluster. */
    public static StorageRules of(String tenant, String cluster) {
        Tenant known = SheraConfiguration.get().tenant(tenant);
        if (known == null) { // whoever acts for it is refused elsewhere
            return StorageRules.NONE;
        }
        return new StorageRules(
                known.getStorageClasses(),
                Quantity.amount("quota.storage", known.getQuota().getStorage()),
                known.getNamespaces().stream()
                        .filter(each -> each.getCluster().equals(cluster))
                        .map(TenantNamespace::getNamespace)
                        .toList());
    }
}
