package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import java.io.IOException;
import java.io.Serializable;

/**
 * Something to be done on the machine of an nginx; travels there as Java objects, and so does its answer.
 *
 * @param <T> the answer, serializable or null
 */
public interface NodeWork<T> extends Serializable {
    /**
     * Does it, on that machine.
     *
     * @throws IOException for people, when it could not be done; what was in force before is in force
     * @throws InvalidRouteException when it may not be done; nothing changed
     */
    T on(NginxInstallation nginx) throws IOException, InterruptedException, InvalidRouteException;
}
