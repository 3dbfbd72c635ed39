package io.jenkins.plugins.shera.nginx.model;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * How a route is served over TLS, beside its plain port.
 *
 * @param certificate its name, {@code <tenant>/<name>}, without tenant for one of the platform
 * @param version SHA-256 over the certificates that are shown
 * @param port where nginx speaks TLS
 * @param redirect status by which the plain port sends clients to TLS; 0 where it serves the same
 * @param hstsSeconds for how long browsers shall come by TLS alone; 0 for not at all
 * @param hstsSubdomains whether the names below the host are meant, too
 * @param http2 how HTTP/2 is offered
 */
public record RouteTls(
        String certificate,
        String version,
        int port,
        int redirect,
        long hstsSeconds,
        boolean hstsSubdomains,
        Http2 http2)
        implements Serializable {
    private static final Pattern CERTIFICATE = Pattern.compile("[a-z0-9-]{0,63}/[a-z0-9-]{1,63}");
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{64}");
    private static final long LONGEST_HSTS = 63_072_000;

    /** How HTTP/2 is written, which depends on the version of nginx. */
    public enum Http2 {
        /** Not at all. */
        OFF,
        /** It shall be offered; the node decides how that is written. */
        ON,
        /** As a word of {@code listen}, before nginx 1.25.1: it counts for the whole port. */
        LISTEN,
        /** As a directive of its own. */
        DIRECTIVE
    }

    /** Refuses what could not be served. */
    public RouteTls check() throws InvalidRouteException {
        if (certificate == null || !CERTIFICATE.matcher(certificate).matches()) {
            throw new InvalidRouteException("'" + certificate + "' is not the name of a certificate: use small letters,"
                    + " digits and '-', 63 at most.");
        }
        if (version == null || !VERSION.matcher(version).matches() || http2 == null) {
            throw new InvalidRouteException(
                    "The TLS of a route lacks its certificate's version or its HTTP/2. Publish the route again.");
        }
        if (port < 1 || port > 65535) {
            throw new InvalidRouteException("The TLS port " + port + " of the route is not between 1 and 65535.");
        }
        if (redirect != 0 && redirect != 301 && redirect != 308) {
            throw new InvalidRouteException("The redirect " + redirect + " is neither 301 nor 308.");
        }
        if (hstsSeconds < 0 || hstsSeconds > LONGEST_HSTS) {
            throw new InvalidRouteException(
                    "The HSTS time of " + hstsSeconds + " s is not between 0 and " + LONGEST_HSTS + " (two years).");
        }
        return this;
    }

    /** The same with another version of the certificate. */
    public RouteTls versioned(String other) {
        return new RouteTls(certificate, other, port, redirect, hstsSeconds, hstsSubdomains, http2);
    }

    /** The same with HTTP/2 offered in this way. */
    public RouteTls offering(Http2 way) {
        return new RouteTls(certificate, version, port, redirect, hstsSeconds, hstsSubdomains, way);
    }

    /** The same host can be served in one way alone: all of it as there, but for the redirect. */
    RouteTls like(RouteTls other) {
        return new RouteTls(
                other.certificate, other.version, port, redirect, other.hstsSeconds, other.hstsSubdomains, other.http2);
    }
}
