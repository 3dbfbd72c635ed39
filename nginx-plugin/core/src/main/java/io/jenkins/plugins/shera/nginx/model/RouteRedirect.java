package io.jenkins.plugins.shera.nginx.model;

import java.io.Serializable;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Requests of a route's host that are sent elsewhere.
 *
 * @param from one path; with a slash at its end every path that begins so
 * @param to a path of the same host, or an http or https address
 */
public record RouteRedirect(String from, String to, int status) implements Serializable {
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}(:[0-9]{1,5})?");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!&'()*+,;=:@%/?#-]{0,1023}");
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /** Refuses what would not be a redirect, or could lead back to itself. */
    public RouteRedirect check() throws InvalidRouteException {
        if (!Route.isPath(from)) {
            throw new InvalidRouteException("The path '" + from + "' of a redirect is not one: begin with '/', and use "
                    + "the letters a URL path may hold, without '..'.");
        }
        if (!isTarget(to)) {
            throw new InvalidRouteException(
                    "'" + to + "' is not where a redirect can lead: give a path such as /new, or "
                            + "an address such as https://www.example.com/new.");
        }
        if (!STATUSES.contains(status)) {
            throw new InvalidRouteException(
                    "The status " + status + " of a redirect is none of 301, 302, 303, 307 and 308.");
        }
        if (to.equals(from) || from.endsWith("/") && to.startsWith(from)) {
            throw new InvalidRouteException(
                    "The redirect from " + from + " to " + to + " leads back to itself. Choose another path.");
        }
        return this;
    }

    /** A second slash at the beginning would make another host of a path. */
    private static boolean isTarget(String to) {
        if (to == null || !to.startsWith("http://") && !to.startsWith("https://")) {
            return to != null && PATH.matcher(to).matches() && !to.startsWith("//");
        }
        String rest = to.substring(to.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        return AUTHORITY.matcher(authority).matches()
                && (slash < 0 || PATH.matcher(rest.substring(slash)).matches());
    }

    /** How nginx tells it from other places of the host: one path alone before any prefix. */
    public String place() {
        return from.endsWith("/") ? from : "= " + from;
    }
}
