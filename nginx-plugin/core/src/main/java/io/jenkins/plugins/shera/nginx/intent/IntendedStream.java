package io.jenkins.plugins.shera.nginx.intent;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Stream;
import java.io.Serializable;
import java.util.List;

/**
 * A TCP or UDP port whose targets are still to be resolved; otherwise a {@link Stream}.
 *
 * @param udp false for TCP
 * @param connectSeconds 0 for nginx's own
 * @param idleSeconds 0 for nginx's own
 */
public record IntendedStream(
        RouteOwner owner,
        int port,
        boolean udp,
        List<Target> targets,
        int connectSeconds,
        int idleSeconds,
        List<String> allow,
        List<String> deny)
        implements Serializable {

    /** Copies the lists; absent ones are empty. */
    public IntendedStream {
        targets = targets == null ? List.of() : List.copyOf(targets);
        allow = allow == null ? List.of() : List.copyOf(allow);
        deny = deny == null ? List.of() : List.copyOf(deny);
    }

    /** As it is told, {@code tcp:5432}. */
    public String name() {
        return (udp ? "udp:" : "tcp:") + port;
    }

    /**
     * The stream once it is known where its targets are.
     *
     * @throws InvalidRouteException if anything in it could not be served, or there are no members
     */
    public Stream to(List<Member> members) throws InvalidRouteException {
        if (owner == null) {
            throw new InvalidRouteException("The stream " + name() + " has no owner. Publish it again.");
        }
        return new Stream(owner, port, udp, members, connectSeconds, idleSeconds, allow, deny).check();
    }
}
