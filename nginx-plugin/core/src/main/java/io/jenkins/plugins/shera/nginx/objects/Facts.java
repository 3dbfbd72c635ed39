package io.jenkins.plugins.shera.nginx.objects;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;

/** What an object names and does not hold. */
public interface Facts {
    /**
     * The number of a Service's port.
     *
     * @throws InvalidRouteException if it is not known
     */
    int port(String namespace, String service, String portName) throws InvalidRouteException;

    /**
     * SHA-256 of the certificates in a Secret that can be shown.
     *
     * @throws InvalidRouteException saying why there is none
     */
    String certificate(String namespace, String secret) throws InvalidRouteException;
}
