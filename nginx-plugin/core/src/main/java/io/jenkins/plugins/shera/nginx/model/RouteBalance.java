package io.jenkins.plugins.shera.nginx.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How requests of a route are shared out among its members, and when a member counts as down.
 *
 * @param method how the next member is chosen; null for one after the other by weight
 * @param key name of the header or cookie that a hash is taken of; null for other methods
 * @param stickyCookie name of a cookie that keeps a client with its member; null for none
 * @param maxFails failures within {@code failSeconds} after which a member gets nothing for as long; 0 for nginx's own 1
 * @param failSeconds 0 for nginx's own 10
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record RouteBalance(Method method, String key, String stickyCookie, int maxFails, int failSeconds)
        implements Serializable {
    private static final int MOST_FAILS = 1000;
    private static final int LONGEST = 3600;
    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

    /** Letters, digits and {@code _} alone, because nginx names a variable after it. */
    private static final Pattern COOKIE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    /** As nginx does it by itself. */
    public static final RouteBalance NONE = new RouteBalance(null, null, null, 0, 0);

    /** The ways to choose a member that every nginx since 1.15.1 has. */
    public enum Method {
        /** The one with the fewest open requests. */
        LEAST_CONN,
        /** By the client's network: the same member while it is up. */
        IP_HASH,
        /** The less busy of two that are drawn, which suits several nginx nodes in front of the same members. */
        RANDOM,
        /** By a hash of path and query. */
        URI,
        /** By a hash of a request header. */
        HEADER,
        /** By a hash of a cookie that the application sets. */
        COOKIE;

        private boolean hasKey() {
            return this == HEADER || this == COOKIE;
        }
    }

    /**
     * As people write it: {@code least_conn}, {@code ip_hash}, {@code random}, {@code uri}, {@code header X-User}, {@code cookie sid}; empty for none.
     *
     * @throws InvalidRouteException naming the ways there are
     */
    public static RouteBalance of(String method, String stickyCookie, int maxFails, int failSeconds)
            throws InvalidRouteException {
        String[] words = method.strip().split("\\s+");
        if (words[0].isEmpty()) {
            return new RouteBalance(null, null, stickyCookie, maxFails, failSeconds);
        }
        for (Method known : Method.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(words[0]) && words.length == (known.hasKey() ? 2 : 1)) {
                return new RouteBalance(known, known.hasKey() ? words[1] : null, stickyCookie, maxFails, failSeconds);
            }
        }
        throw new InvalidRouteException(
                "'" + method + "' is no way to choose a member: give least_conn, ip_hash, random,"
                        + " uri, header NAME, cookie NAME, or nothing for one after the other.");
    }

    /** Refuses what is out of range, or could not be a name. */
    public RouteBalance check() throws InvalidRouteException {
        if (method != null && method.hasKey() != (key != null)) {
            throw new InvalidRouteException("The balance has a method without its key. Put the rules again.");
        }
        if (method == Method.HEADER && !HEADER.matcher(key).matches()) {
            throw new InvalidRouteException("'" + key
                    + "' is not the name of a header that nginx can balance by: use letters, digits and '-'.");
        }
        cookie(method == Method.COOKIE ? key : null);
        cookie(stickyCookie);
        range("number of failures", maxFails, MOST_FAILS);
        range("time that a failed member is left out (s)", failSeconds, LONGEST);
        return this;
    }

    private static void cookie(String name) throws InvalidRouteException {
        if (name != null && !COOKIE.matcher(name).matches()) {
            throw new InvalidRouteException("'" + name
                    + "' is not the name of a cookie that nginx can balance by: use letters, digits and '_'.");
        }
    }

    private static void range(String what, int value, int most) throws InvalidRouteException {
        if (value < 0 || value > most) {
            throw new InvalidRouteException("The " + what + " " + value + " is not between 0 and " + most + ".");
        }
    }

    /** What {@link #of} reads as method. */
    public String methodText() {
        String word = method == null ? "" : method.name().toLowerCase(Locale.ROOT);
        return key == null ? word : word + " " + key;
    }

    /** Whether everything is as nginx does it by itself. */
    @JsonIgnore
    public boolean isNone() {
        return equals(NONE);
    }
}
