package io.jenkins.plugins.shera.nginx.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import java.io.Serializable;
import java.util.List;

/**
 * A route whose targets are still to be resolved; otherwise a {@link Route}.
 *
 * @param tls how it is served over TLS; null where it is not. The certificate itself travels apart, to a node that asks for this version
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IntendedRoute(RouteOwner owner, String host, int port, String path, List<Target> targets, RouteTls tls)
        implements Serializable {

    /** One without TLS. */
    public IntendedRoute(RouteOwner owner, String host, int port, String path, List<Target> targets) {
        this(owner, host, port, path, targets, null);
    }

    /** The same served over TLS in this way, too; null for not. */
    public IntendedRoute over(RouteTls wanted) {
        return new IntendedRoute(owner, host, port, path, targets, wanted);
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
                .over(tls == null ? null : tls.check());
    }
}
