package io.jenkins.plugins.shera.deploy.steps.middleware;

import io.jenkins.plugins.shera.deploy.manifest.Bindings;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code deployMiddleware} and {@code rotateMiddleware} return: where it is; its login is not part of it. */
public final class MiddlewareResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String service;

    MiddlewareResult(String name, String service) {
        this.name = name;
        this.service = service;
    }

    /** Name of the instance, for {@code bind} of {@code deployApplication}. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** Host and port for others in the cluster. */
    @Whitelisted
    public String getService() {
        return service;
    }

    /** Name of the Secret with its login. */
    @Whitelisted
    public String getSecret() {
        return Bindings.secret(name);
    }

    @Whitelisted
    @Override
    public String toString() {
        return name + " at " + service;
    }
}
