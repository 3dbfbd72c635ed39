package io.jenkins.plugins.shera.nginx.model;

import java.io.Serializable;
import java.util.regex.Pattern;

/** The application in an environment that a route leads to; together the three names are the identity of the route. */
public record RouteOwner(String tenant, String application, String environment) implements Serializable {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Refuses names that are not DNS-1123 labels. */
    public static RouteOwner of(String tenant, String application, String environment) throws InvalidRouteException {
        require("tenant", tenant);
        require("application", application);
        require("environment", environment);
        return new RouteOwner(tenant, application, environment);
    }

    /** A name for files and upstreams; unlike the parts, it cannot be split again. */
    public String id() {
        return tenant + "." + application + "." + environment;
    }

    private static void require(String what, String name) throws InvalidRouteException {
        if (name == null || !isLabel(name)) {
            throw new InvalidRouteException(
                    "The " + what + " '" + name + "' is not a DNS label (RFC 1123): use 1 to 63 small letters, "
                            + "digits and '-', beginning and ending with a letter or digit.");
        }
    }

    static boolean isLabel(String name) {
        return LABEL.matcher(name).matches();
    }
}
