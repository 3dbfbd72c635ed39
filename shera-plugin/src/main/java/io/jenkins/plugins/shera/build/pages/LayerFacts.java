package io.jenkins.plugins.shera.build.pages;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One layer of an image, as its registry has it. */
@ExportedBean(defaultVisibility = 999)
public final class LayerFacts {
    private static final Logger LOGGER = Logger.getLogger(LayerFacts.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String digest;
    private final long size;

    private LayerFacts(Descriptor layer) {
        this.digest = layer.digest().toString();
        this.size = layer.size();
    }

    @Exported
    public String getDigest() {
        return digest;
    }

    /** Bytes, packed. */
    @Exported
    public long getSize() {
        return size;
    }

    static List<LayerFacts> of(Tenant tenant, ImageAction action) {
        ImageReference reference = ImageReference.parse(action.getReference());
        for (String id : tenant.getRegistries()) {
            ContainerRegistry registry = SheraConfiguration.get().registry(id);
            RegistryAddress address = registry == null ? null : RegistryLogin.address(registry);
            if (address != null && address.serves(reference.domain().orElse(""))) {
                try {
                    return Schedules.get()
                            .within(
                                    LIMIT,
                                    "registry " + id,
                                    () -> read(
                                            new ImagePlace(address, RegistryLogin.ofTenant(registry, tenant)),
                                            reference));
                } catch (Refusal | UncheckedIOException e) {
                    LOGGER.log(Level.FINE, "the layers of " + reference + " are not to be had", e);
                    return List.of();
                }
            }
        }
        return List.of();
    }

    private static List<LayerFacts> read(ImagePlace place, ImageReference reference) {
        try {
            Image image =
                    Image.read(place.repository(reference.repository()), reference.target(), Platform.ofThisMachine());
            List<LayerFacts> layers = new ArrayList<>();
            image.manifest().layers().forEach(layer -> layers.add(new LayerFacts(layer)));
            return layers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
