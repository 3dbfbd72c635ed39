package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.model.Route;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code publishRoute} returns: where the application is reachable now. */
public final class PublishedRoute implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String url;
    private final String host;
    private final int port;
    private final String nginx;
    private final int nodes;
    private final long generation;

    /** Null in a result that was saved before there were any. */
    private final ArrayList<String> warnings;

    PublishedRoute(Route route, String nginx, int nodes, long generation, List<String> warnings) {
        this.url = url(route);
        this.host = route.host();
        this.port = route.port();
        this.nginx = nginx;
        this.nodes = nodes;
        this.generation = generation;
        this.warnings = new ArrayList<>(warnings);
    }

    static String url(Route route) {
        return route.tls() == null
                ? address("http", route, route.port(), 80)
                : address("https", route, route.tls().port(), 443);
    }

    private static String address(String scheme, Route route, int port, int usual) {
        return scheme + "://" + route.host() + (port == usual ? "" : ":" + port) + route.path();
    }

    /** Address of the application through nginx, over TLS where there is a certificate. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    @Whitelisted
    public String getHost() {
        return host;
    }

    /** Where nginx listens. */
    @Whitelisted
    public int getPort() {
        return port;
    }

    /** Id of the nginx cluster. */
    @Whitelisted
    public String getNginx() {
        return nginx;
    }

    /** How many nodes serve it. */
    @Whitelisted
    public int getNodes() {
        return nodes;
    }

    /** Generation of the configuration on the node that was changed last. */
    @Whitelisted
    public long getGeneration() {
        return generation;
    }

    /** Which members nodes did not reach, for people; empty where they reach all. */
    @Whitelisted
    public List<String> getWarnings() {
        return warnings == null ? List.of() : List.copyOf(warnings);
    }

    @Override
    @Whitelisted
    public String toString() {
        return url;
    }
}
