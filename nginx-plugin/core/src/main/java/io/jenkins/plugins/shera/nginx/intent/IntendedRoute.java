package io.jenkins.plugins.shera.nginx.intent;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import java.io.Serializable;
import java.util.List;

/** A route whose targets are still to be resolved; otherwise a {@link Route}. */
public record IntendedRoute(RouteOwner owner, String host, int port, String path, List<Target> targets)
        implements Serializable {

    /**
     * The route once it is known where its targets are.
     *
     * @throws InvalidRouteException if anything in it could not be served, or there are no members
     */
    public Route to(List<Member> members) throws InvalidRouteException {
        return Route.of(
                RouteOwner.of(owner.tenant(), owner.application(), owner.environment()), host, port, path, members);
    }
}
