package io.jenkins.plugins.shera.nginx.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;

/**
 * A TCP or UDP port of an nginx whose traffic goes to an application as it is.
 *
 * @param udp false for TCP
 * @param connectSeconds until a member takes a connection; 0 for nginx's own 60
 * @param idleSeconds without any traffic after which a session ends; 0 for nginx's own 600
 * @param allow addresses and networks that may come, and then nobody else
 * @param deny addresses and networks that may not come
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Stream(
        RouteOwner owner,
        int port,
        boolean udp,
        List<Member> members,
        int connectSeconds,
        int idleSeconds,
        List<String> allow,
        List<String> deny)
        implements Serializable {
    private static final int MOST_NETWORKS = 1000;
    private static final int LONGEST_CONNECT = 75;
    private static final int LONGEST_IDLE = 7 * 86_400;

    /** Copies the lists; absent ones are empty. */
    public Stream {
        members = List.copyOf(members);
        allow = allow == null ? List.of() : List.copyOf(allow);
        deny = deny == null ? List.of() : List.copyOf(deny);
    }

    /** Refuses what could not be served. */
    public Stream check() throws InvalidRouteException {
        RouteOwner.of(owner.tenant(), owner.application(), owner.environment());
        if (port < 1 || port > 65535) {
            throw new InvalidRouteException("The port " + port + " of the stream is not between 1 and 65535.");
        }
        if (members.isEmpty()) {
            throw new InvalidRouteException("The stream " + name() + " has no member: nothing would answer. "
                    + "Deploy the application first, or name its addresses.");
        }
        for (Member member : members) {
            Member.of(member.address(), member.port(), member.weight());
        }
        if (connectSeconds < 0 || connectSeconds > LONGEST_CONNECT || idleSeconds < 0 || idleSeconds > LONGEST_IDLE) {
            throw new InvalidRouteException("The times of a stream are seconds from 0 to " + LONGEST_CONNECT
                    + " to connect, and from 0 to " + LONGEST_IDLE + " without traffic. Correct them.");
        }
        if (allow.size() + deny.size() > MOST_NETWORKS) {
            throw new InvalidRouteException(
                    "More than " + MOST_NETWORKS + " addresses are allowed and denied. Name networks.");
        }
        for (List<String> networks : List.of(allow, deny)) {
            for (String network : networks) {
                Network.check(network);
            }
        }
        return this;
    }

    /** As it is told, {@code tcp:5432}; no other stream of an nginx has it. */
    public String name() {
        return (udp ? "udp:" : "tcp:") + port;
    }
}
