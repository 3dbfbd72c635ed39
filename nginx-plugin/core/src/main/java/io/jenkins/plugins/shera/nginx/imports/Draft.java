package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRedirect;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import java.util.List;
import java.util.stream.Stream;

/**
 * A route that says exactly what a location says, and whose it could be.
 *
 * @param where file and line of the location
 * @param match null where it takes all that begins so
 * @param members none of them by name
 * @param tls how it is served over TLS; null where it is not
 */
public record Draft(
        String where,
        String host,
        int port,
        String path,
        PathMatch match,
        List<Member> members,
        DraftTls tls,
        RouteRules rules) {

    /**
     * How it is served over TLS.
     *
     * @param file the certificate that the server names, by its path
     * @param redirect status by which the plain port leads there; 0 where it serves the same
     */
    public record DraftTls(
            String file, int port, int redirect, long hstsSeconds, boolean hstsSubdomains, boolean http2) {}

    /** What people choose its owner by. */
    public String key() {
        return host + " " + (match == PathMatch.EXACT ? "= " : "") + path;
    }

    /** The route without TLS, which takes a certificate by its name. */
    public Route of(RouteOwner owner) throws InvalidRouteException {
        rules.check(host);
        return Route.of(owner, host, port, path, members)
                .ruled(rules.isNone() ? null : rules)
                .matching(match);
    }

    /** Every place of its host that it takes. */
    List<String> places() {
        return Stream.concat(
                        Stream.of(match == PathMatch.EXACT ? "= " + path : path),
                        rules.redirects().stream().map(RouteRedirect::place))
                .toList();
    }

    /** The same that answers these redirects of its host, too. */
    Draft with(RouteRules wanted) {
        return new Draft(where, host, port, path, match, members, tls, wanted);
    }

    /** The same beside a server of the plain port that sends clients to TLS. */
    Draft redirected(int plain, int status) {
        return new Draft(
                where,
                host,
                plain,
                path,
                match,
                members,
                new DraftTls(tls.file(), tls.port(), status, tls.hstsSeconds(), tls.hstsSubdomains(), tls.http2()),
                rules);
    }
}
