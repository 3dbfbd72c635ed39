package io.jenkins.plugins.shera.deploy.steps.middleware;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.config.MiddlewareConfiguration;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareSpec;
import io.jenkins.plugins.shera.deploy.middleware.Template;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the settings of platform and tenant say about middleware: which images, and the login that pods pull them with. */
final class MiddlewareLaw {

    private MiddlewareLaw() {}

    /** A description with the images that the platform offers now. */
    static MiddlewareSpec spec(String application, String name, String template) {
        Template known = Template.of(template);
        return new MiddlewareSpec(name, known, MiddlewareConfiguration.get().of(known)).beside(application);
    }

    /** Id of the tenant's registry that wants a login for one of the template's images; empty when none does. */
    static String pullRegistry(String tenant, String template) {
        Map<String, String> images = MiddlewareConfiguration.get().of(Template.of(template));
        return registry(tenant, images).map(ContainerRegistry::getId).orElse("");
    }

    private static Optional<ContainerRegistry> registry(String tenant, Map<String, String> images) {
        Tenant known = SheraConfiguration.get().tenant(tenant);
        if (known == null) {
            return Optional.empty();
        }
        return known.getRegistries().stream()
                .map(SheraConfiguration.get()::registry)
                .filter(Objects::nonNull)
                .filter(each -> !each.getCredentialsId().isEmpty())
                .filter(each -> images.values().stream()
                        .map(image -> ImageReference.parse(image).domain().orElse("docker.io"))
                        .anyMatch(host -> RegistryLogin.address(each).serves(host)))
                .findFirst();
    }

    /** Name of the Secret by which pods pull; empty for none. */
    static String pullSecret(String registry) {
        return registry.isEmpty() ? "" : "shera-pull-" + registry;
    }

    /** Content of that Secret, read anew for each act. */
    static String pull(String tenant, String registry) {
        Tenant known = SheraConfiguration.get().tenant(tenant);
        ContainerRegistry found =
                registry.isEmpty() ? null : SheraConfiguration.get().registry(registry);
        if (known == null || found == null) {
            return "";
        }
        RegistryCredentials login = RegistryLogin.ofTenant(found, known);
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putObject("auths")
                .putObject(RegistryLogin.address(found).pullHost())
                .put("auth", login.pair());
        return config.toString();
    }
}
