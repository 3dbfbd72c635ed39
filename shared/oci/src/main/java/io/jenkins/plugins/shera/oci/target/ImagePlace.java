package io.jenkins.plugins.shera.oci.target;

import io.jenkins.plugins.shera.oci.layout.OciLayout;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import java.io.IOException;
import java.io.Serializable;

/** Opens repositories of one address, whether a registry or a folder is behind it; may travel to an agent. */
public final class ImagePlace implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RegistryAddress address;
    private final RegistryCredentials credentials;

    /** The credentials are not used for a folder. */
    public ImagePlace(RegistryAddress address, RegistryCredentials credentials) {
        this.address = address;
        this.credentials = credentials;
    }

    /** One repository, e.g. {@code shop/cart}. */
    public ImageTarget repository(String name) throws IOException {
        return address.folder().isPresent()
                ? new OciLayout(address.folder().get(), name)
                : new RegistryClient(address, credentials).repository(name);
    }

    /** How one logs in there: for the files that other builders read. */
    public RegistryCredentials credentials() {
        return credentials;
    }

    /** Where it is. */
    public RegistryAddress address() {
        return address;
    }
}
