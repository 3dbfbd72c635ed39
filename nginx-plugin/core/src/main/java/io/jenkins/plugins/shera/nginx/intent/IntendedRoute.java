package io.jenkins.plugins.shera.nginx.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.PathMatch;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import java.io.Serializable;
import java.util.List;

/**
 * A route whose targets are still to be resolved; otherwise a {@link Route}.
 *
 * @param tls how it is served over TLS; null where it is not. The certificate itself travels apart, to a node that asks for this version
 * @param rules what is done with its requests beside that; null for nothing. A password file travels apart, too
 * @param match how the path is compared; null where it takes all that begins so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IntendedRoute(
        RouteOwner owner,
        String host,
        int port,
        String path,
        List<Target> targets,
        RouteTls tls,
        RouteRules rules,
        PathMatch match)
        implements Serializable {

    /** One without TLS and rules. */
    public IntendedRoute(RouteOwner owner, String host, int port, String path, List<Target> targets) {
        this(owner, host, port, path, targets, null, null, null);
    }

    /** The same served over TLS in this way, too; null for not. */
    public IntendedRoute over(RouteTls wanted) {
        return new IntendedRoute(owner, host, port, path, targets, wanted, rules, match);
    }

    /** The same with these rules; null for none. */
    public IntendedRoute ruled(RouteRules wanted) {
        return new IntendedRoute(owner, host, port, path, targets, tls, wanted, match);
    }

    /** The same with its path compared in this way; null for any that begins so. */
    public IntendedRoute matching(PathMatch way) {
        return new IntendedRoute(owner, host, port, path, targets, tls, rules, way);
    }

    /**
     * The route once it is known where its targets are.
     *
     * @throws InvalidRouteException if anything in it could not be served, or there are no members
     */
    public Route to(List<Member> members) throws InvalidRouteException {
        return Route.of(
                        RouteOwner.of(owner.tenant(), owner.application(), owner.environment()),
                        host,
                        port,
                        path,
                        members)
                .over(tls == null ? null : tls.check())
                .ruled(rules == null ? null : rules.check(host))
                .matching(match);
    }
}
