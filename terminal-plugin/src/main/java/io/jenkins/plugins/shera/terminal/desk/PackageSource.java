package io.jenkins.plugins.shera.terminal.desk;

import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.KnownConfigs;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.terminal.pack.Changes;
import io.jenkins.plugins.shera.terminal.pack.EngineSource;
import io.jenkins.plugins.shera.terminal.pack.FileSource;
import io.jenkins.plugins.shera.terminal.pack.Origin;
import java.io.IOException;
import java.util.Optional;

/** A container that is to be packaged: what it came from, what is changed in it, and its files. */
interface PackageSource extends AutoCloseable {

    /** The container and its image. */
    Origin origin();

    /** The image it was started from, as it lies in a registry of the tenant. */
    Image image() throws IOException;

    /** What is different from the files the image has. */
    Changes changes(EngineSource.Files image) throws IOException;

    /** The same, before some of it is fetched at once. */
    default Changes changesToFetch(EngineSource.Files image) throws IOException {
        return changes(image);
    }

    /** Its files. */
    FileSource files();

    @Override
    void close();

    /** Configurations of images that were read before. */
    static KnownConfigs known() {
        return new KnownConfigs(SheraConfiguration.get().root().resolve("layer-lists"));
    }

    /** Where an image lies, entered with the tenant's login; empty when that is none of its registries. */
    static Optional<ImageTarget> repository(Tenant tenant, ImageReference reference) throws IOException {
        String host = reference.domain().orElse("");
        for (String id : tenant.getRegistries()) {
            ContainerRegistry registry = SheraConfiguration.get().registry(id);
            if (registry != null) {
                RegistryAddress address = RegistryLogin.address(registry);
                if (address.serves(host)) {
                    return Optional.of(new ImagePlace(address, RegistryLogin.ofTenant(registry, tenant))
                            .repository(reference.repository()));
                }
            }
        }
        return Optional.empty();
    }
}
