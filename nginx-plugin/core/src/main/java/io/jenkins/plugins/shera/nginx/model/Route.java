package io.jenkins.plugins.shera.nginx.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests for a host and a path prefix that go to an application.
 *
 * @param port where nginx listens
 * @param path a prefix that begins with a slash; the longest prefix of a host wins
 * @param tls how it is served over TLS beside the port; null where it is not
 * @param rules what is done with its requests beside that; null for nothing, and in a change for what there was
 * @param match how the path is compared; null where it takes all that begins so
 * @param live true where its members change in the running nginx, without reload; otherwise null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Route(
        RouteOwner owner,
        String host,
        int port,
        String path,
        List<Member> members,
        RouteTls tls,
        RouteRules rules,
        PathMatch match,
        Boolean live)
        implements Serializable {
    private static final int LONGEST_HOST = 253;
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!&'()*+,;=:@%/-]{0,1023}");

    /** One that takes every path which begins as its own. */
    public Route(
            RouteOwner owner,
            String host,
            int port,
            String path,
            List<Member> members,
            RouteTls tls,
            RouteRules rules) {
        this(owner, host, port, path, members, tls, rules, null);
    }

    /** One whose members change with a reload. */
    public Route(
            RouteOwner owner,
            String host,
            int port,
            String path,
            List<Member> members,
            RouteTls tls,
            RouteRules rules,
            PathMatch match) {
        this(owner, host, port, path, members, tls, rules, match, null);
    }

    /** Refuses what could not be served, or would be read by nginx as something else. */
    public static Route of(RouteOwner owner, String host, int port, String path, List<Member> members)
            throws InvalidRouteException {
        if (!isHostName(host)) {
            throw new InvalidRouteException(
                    "The host '" + host + "' is not a host name: use small letters, digits, '-' and '.', "
                            + "for example shop.example.com. Wildcards belong to an administrator.");
        }
        if (port < 1 || port > 65535) {
            throw new InvalidRouteException("The port " + port + " of the route is not between 1 and 65535.");
        }
        if (!isPath(path)) {
            throw new InvalidRouteException("The path '" + path
                    + "' is not a path prefix: begin with '/', and use the letters a URL path may hold, without '..'.");
        }
        if (members.isEmpty()) {
            throw new InvalidRouteException("The route to " + host + path + " has no member: nothing would answer. "
                    + "Deploy the application first, or name its addresses.");
        }
        return new Route(owner, host, port, path, List.copyOf(members), null, null);
    }

    /** The same served over TLS in this way, too; null for not. */
    public Route over(RouteTls wanted) {
        return new Route(owner, host, port, path, members, wanted, rules, match, live);
    }

    /** The same with these rules; null leaves them to what the route had before. */
    public Route ruled(RouteRules wanted) {
        return new Route(owner, host, port, path, members, tls, wanted, match, live);
    }

    /** The same with its path compared in this way; null for any that begins so. A slash at the end of segments says nothing. */
    public Route matching(PathMatch way) {
        boolean slash = way == PathMatch.SEGMENTS && path.length() > 1 && path.endsWith("/");
        String own = slash ? path.substring(0, path.length() - 1) : path;
        return new Route(owner, host, port, own, members, tls, rules, way, live);
    }

    /** The same, its members changed without reload or with one. */
    public Route living(boolean wanted) {
        return new Route(owner, host, port, path, members, tls, rules, match, wanted ? Boolean.TRUE : null);
    }

    /** The same with these members. */
    public Route leadingTo(List<Member> wanted) {
        return new Route(owner, host, port, path, List.copyOf(wanted), tls, rules, match, live);
    }

    /** Whether its members change without reload. */
    @JsonIgnore
    public boolean isLive() {
        return Boolean.TRUE.equals(live);
    }

    /** The places of its own requests, as nginx tells them apart. */
    public List<String> ownPlaces() {
        if (match == PathMatch.EXACT) {
            return List.of("= " + path);
        }
        return match == null || path.equals("/") ? List.of(path) : List.of("= " + path, path + "/");
    }

    /** Every host name that it takes: its own first, then its aliases. */
    public List<String> hosts() {
        return rules == null || rules.aliases().isEmpty()
                ? List.of(host)
                : Stream.concat(Stream.of(host), rules.aliases().stream()).toList();
    }

    /** Every place of its host that it takes, as nginx tells them apart. */
    public List<String> places() {
        return rules == null
                ? ownPlaces()
                : Stream.concat(ownPlaces().stream(), rules.redirects().stream().map(RouteRedirect::place))
                        .toList();
    }

    static boolean isPath(String path) {
        return path != null && PATH.matcher(path).matches() && !path.contains("/../") && !path.endsWith("/..");
    }

    static boolean isHostName(String host) {
        return host != null
                && host.length() <= LONGEST_HOST
                && Stream.of(host.split("\\.", -1)).allMatch(RouteOwner::isLabel);
    }
}
