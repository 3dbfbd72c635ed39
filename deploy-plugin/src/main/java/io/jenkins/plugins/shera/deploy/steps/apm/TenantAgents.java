package io.jenkins.plugins.shera.deploy.steps.apm;

import io.jenkins.plugins.shera.deploy.apm.Agent;
import io.jenkins.plugins.shera.deploy.apm.AgentSource;
import io.jenkins.plugins.shera.deploy.config.ApmConfiguration;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The agents a tenant may use, by the platform's configuration; images are read with the tenant's own credentials. */
public final class TenantAgents implements AgentSource {

    private final String tenant;

    /** Of the tenant of this id. */
    public TenantAgents(String tenant) {
        this.tenant = tenant;
    }

    @Override
    public Agent agent(String name) {
        List<Agent> all = ApmConfiguration.get().of(tenant);
        if (name.isEmpty() && all.size() == 1) {
            return all.get(0);
        }
        return all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                (name.isEmpty()
                                                ? "nobody said which agent."
                                                : "the tenant " + tenant + " has no APM agent '" + name + "'.")
                                        + " Known are "
                                        + all.stream().map(Agent::name).toList()
                                        + ". Give one of them by the parameter agent, or ask the administrator of the platform for another."));
    }

    @Override
    public Optional<String> options(String image) throws IOException {
        ImageReference reference = ImageReference.parse(image);
        Optional<ImagePlace> place = reference.domain().flatMap(this::place);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        String version =
                reference.digest().map(Digest::toString).or(reference::tag).orElse("latest");
        Image read = Image.read(place.get().repository(reference.repository()), version, Platform.ofThisMachine());
        return Optional.of(read.config().environment().getOrDefault("JAVA_TOOL_OPTIONS", ""));
    }

    private Optional<ImagePlace> place(String host) {
        Tenant known = SheraConfiguration.get().tenant(tenant);
        if (known == null) {
            return Optional.empty();
        }
        for (String id : known.getRegistries()) {
            ContainerRegistry registry = SheraConfiguration.get().registry(id);
            if (registry != null) {
                RegistryAddress address = RegistryLogin.address(registry);
                if (address.serves(host)) {
                    return Optional.of(new ImagePlace(address, RegistryLogin.ofTenant(registry, known)));
                }
            }
        }
        return Optional.empty();
    }
}
