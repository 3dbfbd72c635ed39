package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.model.Route;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code removeRoute} returns: what is served no more. */
public final class RemovedRoute implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String url;
    private final String application;
    private final String environment;
    private final String nginx;
    private final int nodes;
    private final long generation;

    RemovedRoute(Route route, String nginx, int nodes, long generation) {
        this.url = PublishedRoute.url(route);
        this.application = route.owner().application();
        this.environment = route.owner().environment();
        this.nginx = nginx;
        this.nodes = nodes;
        this.generation = generation;
    }

    /** Address that led to the application, over TLS where there was a certificate. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    /** Name of the application that it led to. */
    @Whitelisted
    public String getApplication() {
        return application;
    }

    /** Name of that application's environment. */
    @Whitelisted
    public String getEnvironment() {
        return environment;
    }

    /** Id of the nginx cluster. */
    @Whitelisted
    public String getNginx() {
        return nginx;
    }

    /** How many nodes had it. */
    @Whitelisted
    public int getNodes() {
        return nodes;
    }

    /** Generation of the configuration on the node that was changed last. */
    @Whitelisted
    public long getGeneration() {
        return generation;
    }

    @Override
    @Whitelisted
    public String toString() {
        return url;
    }
}
