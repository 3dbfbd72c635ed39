package io.jenkins.plugins.shera.nginx.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What nginx does with requests of a route beside passing them on.
 *
 * @param wholeHost whether headers, limits and access hold for every other route of its host, too, that says nothing of them itself
 * @param request headers of what goes to the application
 * @param response headers of what goes to the client
 * @param aliases other host names, which are sent to the route's own
 * @param balance how its members are chosen; null for as nginx does it by itself
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record RouteRules(
        boolean wholeHost,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HeaderRule> request,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HeaderRule> response,
        @JsonInclude(JsonInclude.Include.NON_NULL) RouteLimits limits,
        @JsonInclude(JsonInclude.Include.NON_NULL) RouteAccess access,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RouteRedirect> redirects,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> aliases,
        @JsonInclude(JsonInclude.Include.NON_NULL) RouteBalance balance)
        implements Serializable {
    private static final int MOST = 100;

    /** None at all: takes away what a route had. */
    public static final RouteRules NONE = new RouteRules(false, List.of(), List.of(), null, null, List.of(), List.of());

    /** Rules that leave it to nginx how members are chosen. */
    public RouteRules(
            boolean wholeHost,
            List<HeaderRule> request,
            List<HeaderRule> response,
            RouteLimits limits,
            RouteAccess access,
            List<RouteRedirect> redirects,
            List<String> aliases) {
        this(wholeHost, request, response, limits, access, redirects, aliases, null);
    }

    /** The same with members chosen in this way; null for as nginx does it by itself. */
    public RouteRules balanced(RouteBalance wanted) {
        return new RouteRules(wholeHost, request, response, limits, access, redirects, aliases, wanted);
    }

    /** Copies the lists; absent ones are empty, and limits, access and balance that say nothing are absent. */
    public RouteRules {
        request = request == null ? List.of() : List.copyOf(request);
        response = response == null ? List.of() : List.copyOf(response);
        redirects = redirects == null ? List.of() : List.copyOf(redirects);
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
        limits = limits == null || limits.isNone() ? null : limits;
        access = access == null || access.isNone() ? null : access;
        balance = balance == null || balance.isNone() ? null : balance;
    }

    /** Whether there is nothing in them. */
    @JsonIgnore
    public boolean isNone() {
        return request.isEmpty()
                && response.isEmpty()
                && limits == null
                && access == null
                && balance == null
                && redirects.isEmpty()
                && aliases.isEmpty();
    }

    /** Version of the password file that they name; null for none. */
    @JsonIgnore
    public String users() {
        return access == null ? null : access.users();
    }

    /** Refuses what could not be served, or would be read by nginx as something else. */
    public RouteRules check(String host) throws InvalidRouteException {
        headers(request, true);
        headers(response, false);
        if (limits != null) {
            limits.check();
        }
        if (access != null) {
            access.check();
        }
        if (balance != null) {
            balance.check();
        }
        if (redirects.size() > MOST || aliases.size() > MOST) {
            throw new InvalidRouteException(
                    "A route has more than " + MOST + " redirects or aliases. Make them fewer.");
        }
        Set<String> places = new HashSet<>();
        for (RouteRedirect redirect : redirects) {
            if (!places.add(redirect.check().place())) {
                throw new InvalidRouteException(
                        "Two redirects begin at " + redirect.from() + ". Leave one of them out.");
            }
        }
        Set<String> hosts = new HashSet<>(Set.of(host));
        for (String alias : aliases) {
            if (!Route.isHostName(alias)) {
                throw new InvalidRouteException("The alias '" + alias
                        + "' is not a host name: use small letters, digits, '-' and '.', such as www.example.com.");
            }
            if (!hosts.add(alias)) {
                throw new InvalidRouteException(
                        "The alias " + alias + " is there twice, or is the route's own host. Leave it out.");
            }
        }
        return this;
    }

    private static void headers(List<HeaderRule> headers, boolean request) throws InvalidRouteException {
        if (headers.size() > MOST) {
            throw new InvalidRouteException("A route sets more than " + MOST + " headers. Make them fewer.");
        }
        Set<String> names = new HashSet<>();
        for (HeaderRule header : headers) {
            if (!names.add(header.check(request).name().toLowerCase(Locale.ROOT))) {
                throw new InvalidRouteException(
                        "The header " + header.name() + " is there twice. Leave one of them out.");
            }
        }
    }
}
