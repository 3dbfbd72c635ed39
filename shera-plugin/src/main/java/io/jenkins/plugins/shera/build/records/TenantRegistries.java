package io.jenkins.plugins.shera.build.records;

import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import java.util.Optional;

/** Finds which of a tenant's registries an image's name means, with the tenant's credentials for it. */
final class TenantRegistries {
    private TenantRegistries() {}

    static Optional<ImagePlace> place(String tenantId, String host) {
        Tenant tenant = SheraConfiguration.get().tenant(tenantId);
        if (tenant == null) {
            return Optional.empty();
        }
        for (String id : tenant.getRegistries()) {
            ContainerRegistry registry = SheraConfiguration.get().registry(id);
            if (registry != null) {
                RegistryAddress address = RegistryLogin.address(registry);
                if (address.serves(host)) {
                    return Optional.of(new ImagePlace(address, RegistryLogin.ofTenant(registry, tenant)));
                }
            }
        }
        return Optional.empty();
    }
}
