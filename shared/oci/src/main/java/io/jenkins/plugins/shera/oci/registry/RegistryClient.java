package io.jenkins.plugins.shera.oci.registry;

import io.jenkins.plugins.shera.oci.image.ImageReference;
import java.io.IOException;

/** A registry, by the OCI distribution API 1.1. Safe for use by several threads; holds no open file. */
public final class RegistryClient {
    private final RegistryAddress address;
    private final RegistryCredentials credentials;
    private final Transport transport;

    /** A client with the usual retries. */
    public RegistryClient(RegistryAddress address, RegistryCredentials credentials) throws RegistryException {
        this(address, credentials, RetryPolicy.USUAL);
    }

    /** A client with its own idea of patience. */
    public RegistryClient(RegistryAddress address, RegistryCredentials credentials, RetryPolicy retries)
            throws RegistryException {
        this.address = address;
        this.credentials = credentials;
        this.transport = new Transport(address, credentials, retries);
    }

    /** Fails with a message for the user unless the registry answers and takes the credentials. */
    public void ping() throws IOException {
        try (Answer answer = transport.send(new Exchange("GET", address.uri(), ""))) {
            if (!answer.isSuccess()) {
                throw answer.failure("Asking the registry " + address.pushHost(), credentials);
            }
        }
    }

    /** One repository, e.g. {@code shop/cart}. */
    public RegistryRepository repository(String name) {
        return new RegistryRepository(
                address,
                credentials,
                transport,
                ImageReference.ofRepository(name).repository());
    }
}
