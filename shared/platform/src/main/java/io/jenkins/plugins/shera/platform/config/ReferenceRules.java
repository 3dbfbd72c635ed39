package io.jenkins.plugins.shera.platform.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import jenkins.model.Jenkins;

/** What can only be said by looking at the others: clusters, registries and credentials that must exist. A tenant's folder may come
 * later, as it does where jobs are made after the configuration was read; until then only administrators see the tenant. */
final class ReferenceRules {

    private final SheraConfiguration configuration;

    ReferenceRules(SheraConfiguration configuration) {
        this.configuration = configuration;
    }

    void check(Tenant tenant) {
        for (Tenant other : configuration.getTenants()) {
            if (!other.getId().equals(tenant.getId())) {
                checkApart(tenant, other);
            }
        }
        for (int i = 0; i < tenant.getClusters().size(); i++) {
            cluster("clusters[" + i + "]", tenant.getClusters().get(i));
        }
        for (int i = 0; i < tenant.getRegistries().size(); i++) {
            String id = tenant.getRegistries().get(i);
            if (configuration.registry(id) == null) {
                throw Refusal.unknown(
                        "registries[" + i + "]",
                        Messages.ReferenceRules_registry(id),
                        Messages.ReferenceRules_platform_next());
            }
        }
        for (int i = 0; i < tenant.getNamespaces().size(); i++) {
            String where = "namespaces[" + i + "].cluster";
            String id = tenant.getNamespaces().get(i).getCluster();
            cluster(where, id);
            if (!tenant.getClusters().contains(id)) {
                throw Refusal.input(
                        where, Messages.ReferenceRules_notGranted(id), Messages.ReferenceRules_notGranted_next());
            }
        }
    }

    private static void checkApart(Tenant tenant, Tenant other) {
        if (TenantFolder.contains(other.getFolder(), tenant.getFolder())
                || TenantFolder.contains(tenant.getFolder(), other.getFolder())) {
            throw Refusal.conflict(
                    "folder",
                    Messages.ReferenceRules_folderTaken(other.getId()),
                    Messages.ReferenceRules_folderTaken_next());
        }
        for (int i = 0; i < tenant.getNamespaces().size(); i++) {
            TenantNamespace own = tenant.getNamespaces().get(i);
            if (other.owns(own.getCluster(), own.getNamespace())) {
                throw Refusal.conflict(
                        "namespaces[" + i + "]",
                        Messages.ReferenceRules_namespaceTaken(own.getNamespace(), own.getCluster(), other.getId()),
                        Messages.ReferenceRules_namespaceTaken_next());
            }
        }
    }

    void check(Application application) {
        Tenant tenant = configuration.tenant(application.getTenant());
        if (tenant == null) {
            throw Refusal.unknown(
                    "tenant",
                    Messages.ReferenceRules_tenant(application.getTenant()),
                    Messages.ReferenceRules_tenant_next());
        }
        for (int i = 0; i < application.getEnvironments().size(); i++) {
            Environment environment = application.getEnvironments().get(i);
            String where = "environments[" + i + "]";
            cluster(where + ".cluster", environment.getCluster());
            if (!tenant.owns(environment.getCluster(), environment.getNamespace())) {
                throw Refusal.input(
                        where + ".namespace",
                        Messages.ReferenceRules_notOwn(
                                environment.getNamespace(), environment.getCluster(), tenant.getId()),
                        Messages.ReferenceRules_notOwn_next());
            }
        }
    }

    void check(KubernetesCluster cluster) {
        if (cluster.getServer().isEmpty() && cluster.getCredentialsId().isEmpty()) {
            throw Refusal.input("server", Messages.ReferenceRules_noServer(), Messages.ReferenceRules_noServer_next());
        }
        credentials("credentialsId", cluster.getCredentialsId(), Jenkins.get());
        for (int i = 0; i < cluster.getTenantAccess().size(); i++) {
            TenantLogin login = cluster.getTenantAccess().get(i);
            String where = "tenantAccess[" + i + "]";
            Tenant tenant = configuration.tenant(login.getTenant());
            if (tenant == null) {
                throw Refusal.unknown(
                        where + ".tenant",
                        Messages.ReferenceRules_tenant(login.getTenant()),
                        Messages.ReferenceRules_tenant_next());
            }
            if (TenantFolder.of(tenant) instanceof ItemGroup<?> folder) {
                credentials(where + ".credentialsId", login.getCredentialsId(), folder);
            }
        }
    }

    void check(ContainerRegistry registry) {
        credentials("credentialsId", registry.getCredentialsId(), Jenkins.get());
    }

    private void cluster(String where, String id) {
        if (configuration.cluster(id) == null) {
            throw Refusal.unknown(where, Messages.ReferenceRules_cluster(id), Messages.ReferenceRules_platform_next());
        }
    }

    private static void credentials(String where, String id, ItemGroup<?> scope) {
        if (id.isEmpty()) {
            return;
        }
        List<StandardCredentials> all = scope instanceof Item item
                ? CredentialsProvider.lookupCredentialsInItem(StandardCredentials.class, item, ACL.SYSTEM2, List.of())
                : CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, scope, ACL.SYSTEM2, List.of());
        if (all.stream().noneMatch(each -> each.getId().equals(id))) {
            throw Refusal.unknown(
                    where, Messages.ReferenceRules_credentials(id), Messages.ReferenceRules_credentials_next());
        }
    }
}
