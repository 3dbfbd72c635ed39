package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.image.BaseImages;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import io.jenkins.plugins.shera.oci.target.KnownConfigs;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an image goes, and where its base images come from: the tenant's registries with their credentials, all others as
 * nobody. Made anew for each run and never saved, as it holds secrets; it travels to the agent.
 */
final class Destination implements BaseImages, Serializable {
    private static final long serialVersionUID = 1L;
    private static final String HUB = "docker.io";

    private final ImagePlace place;
    private final ArrayList<ImagePlace> known = new ArrayList<>();

    private Destination(ImagePlace place) {
        this.place = place;
    }

    static Destination of(BuildOrder order) {
        Tenant tenant = SheraConfiguration.get().tenant(order.tenant);
        if (tenant == null || !tenant.getRegistries().contains(order.registry)) {
            throw Refusal.unknown(
                    "registry " + order.registry,
                    "The tenant " + order.tenant + " may not use it any more.",
                    "Give the tenant a registry, or name another.");
        }
        Destination destination = null;
        ArrayList<ImagePlace> all = new ArrayList<>();
        for (String id : tenant.getRegistries()) {
            ContainerRegistry registry = SheraConfiguration.get().registry(id);
            if (registry != null) {
                ImagePlace place =
                        new ImagePlace(RegistryLogin.address(registry), RegistryLogin.ofTenant(registry, tenant));
                all.add(place);
                destination = id.equals(order.registry) ? new Destination(place) : destination;
            }
        }
        if (destination == null) {
            throw Refusal.unknown(
                    "registry " + order.registry, "There is none of that id.", "Set it up on the platform's page.");
        }
        destination.known.addAll(all);
        return destination;
    }

    /** The registries of the tenant, with their logins. */
    List<ImagePlace> known() {
        return known;
    }

    ImageTarget repository(String image) throws IOException {
        return place.repository(image);
    }

    /** The name under which clusters pull the image. */
    String reference(String image) {
        return place.address().pullHost() + "/" + image;
    }

    @Override
    public Image find(ImageReference reference, Platform platform) throws IOException {
        return Image.read(home(reference), reference.target(), platform);
    }

    /** The same bases, whose configurations are remembered. */
    BaseImages remembering(KnownConfigs configs) {
        return (reference, platform) -> Image.read(home(reference), reference.target(), platform, configs);
    }

    private ImageTarget home(ImageReference reference) throws IOException {
        String host = reference.domain().orElse(HUB);
        for (ImagePlace one : known) {
            if (one.address().serves(host)) {
                return one.repository(reference.repository());
            }
        }
        boolean hub = host.equals(HUB) || host.equals("index.docker.io");
        String repository = hub && reference.repository().indexOf('/') < 0
                ? "library/" + reference.repository()
                : reference.repository();
        RegistryAddress address = RegistryAddress.of(hub ? "registry-1.docker.io" : host);
        return new ImagePlace(address, RegistryCredentials.NONE).repository(repository);
    }
}
