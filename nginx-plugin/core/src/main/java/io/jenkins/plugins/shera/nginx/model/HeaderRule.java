package io.jenkins.plugins.shera.nginx.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A header that nginx sets, whatever came with the request or the answer, or takes away.
 *
 * @param value null to take it away
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeaderRule(String name, String value) implements Serializable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,1022}[\\x21-\\x7e])?");

    /** They tell how long a message is or how it is carried, so that two readers of it would see two messages. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "content-length",
            "expect",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> OWN_OF_REQUEST =
            Set.of("host", "x-real-ip", "x-forwarded-for", "x-forwarded-proto");
    private static final Set<String> OWN_OF_RESPONSE =
            Set.of("date", "server", "content-type", "location", "strict-transport-security");

    /** Refuses what nginx would drop, or would let a reader see another message. */
    public HeaderRule check(boolean request) throws InvalidRouteException {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new InvalidRouteException("'" + name + "' is not the name of a header: give letters, digits and '-'; "
                    + "nginx drops headers with '_' in their name.");
        }
        String small = name.toLowerCase(Locale.ROOT);
        if (FRAMING.contains(small) || small.startsWith("x-accel-")) {
            throw new InvalidRouteException("The header " + name
                    + " tells how a message is carried, which nginx and the application settle. Leave it out.");
        }
        if (request && OWN_OF_REQUEST.contains(small)) {
            throw new InvalidRouteException("The request header " + name
                    + " is set by nginx itself, so that applications can trust it. Leave it out.");
        }
        if (!request && OWN_OF_RESPONSE.contains(small)) {
            throw new InvalidRouteException(
                    "The response header " + name
                            + " belongs to the answer itself (for Strict-Transport-Security there is hsts of tls). Leave it out.");
        }
        if (value != null && (!VALUE.matcher(value).matches() || value.indexOf('$') >= 0)) {
            throw new InvalidRouteException("The value of the header " + name + " cannot be written: give 1 to 1024 "
                    + "printable ASCII characters without '$', which nginx would take for a variable.");
        }
        return this;
    }
}
