package io.jenkins.plugins.shera.deploy.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import java.util.Objects;
import java.util.Optional;

/** The registry of a tenant that an image lies in, and what pods pull with. */
final class PullLogin {

    private final Tenant tenant;
    private final ContainerRegistry registry;

    private PullLogin(Tenant tenant, ContainerRegistry registry) {
        this.tenant = tenant;
        this.registry = registry;
    }

    /** Empty where no registry of the tenant that has the image wants a login. */
    static Optional<PullLogin> of(Tenant tenant, String image) {
        String host = ImageReference.parse(image).domain().orElse("docker.io");
        return tenant.getRegistries().stream()
                .map(SheraConfiguration.get()::registry)
                .filter(Objects::nonNull)
                .filter(each -> !each.getCredentialsId().isEmpty())
                .filter(each -> RegistryLogin.address(each).serves(host))
                .findFirst()
                .map(each -> new PullLogin(tenant, each));
    }

    /** Name of the Secret. */
    String secret() {
        return "shera-pull-" + registry.getId();
    }

    /** Content of the Secret, read anew for each act. */
    String content() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putObject("auths")
                .putObject(RegistryLogin.address(registry).pullHost())
                .put("auth", RegistryLogin.ofTenant(registry, tenant).pair());
        return config.toString();
    }
}
