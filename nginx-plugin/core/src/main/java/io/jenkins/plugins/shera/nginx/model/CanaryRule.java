package io.jenkins.plugins.shera.nginx.model;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A request that carries this header or cookie with exactly this value goes to the canary.
 *
 * @param cookie true for a cookie, false for a header
 */
public record CanaryRule(boolean cookie, String name, String value) implements Serializable {
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._~:@+-]{1,128}");

    /** Refuses what nginx could not tell apart, header names with an underscore among them: nginx drops those. */
    public static CanaryRule of(boolean cookie, String name, String value) throws InvalidRouteException {
        if (name == null || !(cookie ? COOKIE : HEADER).matcher(name).matches()) {
            throw new InvalidRouteException("The " + (cookie ? "cookie" : "header") + " name '" + name
                    + "' cannot be matched by nginx: give letters, digits and '-'"
                    + (cookie ? " or '_'." : "; nginx drops headers with '_' in their name."));
        }
        if (value == null || !VALUE.matcher(value).matches()) {
            throw new InvalidRouteException("The value '" + value + "' to match in " + name
                    + " is not plain: give letters, digits and any of . _ ~ : @ + -");
        }
        return new CanaryRule(cookie, name, value);
    }
}
