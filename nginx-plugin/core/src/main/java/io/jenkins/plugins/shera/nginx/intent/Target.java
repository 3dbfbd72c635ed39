package io.jenkins.plugins.shera.nginx.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Where requests go, before anybody asked which addresses that is.
 *
 * @param kind decides which of the others count
 * @param cluster id of the Kubernetes cluster of a service, otherwise null
 * @param namespace of a service, otherwise null
 * @param name of the service, the DNS name, or the IP address
 * @param port of the service, or of the machine
 * @param weight of each address it leads to, 1 to 100
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Target(Kind kind, String cluster, String namespace, String name, int port, int weight)
        implements Serializable {
    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** How the addresses are found. */
    public enum Kind {
        /** Those of the service's ready pods. */
        PODS,
        /** The service's cluster IP, which stays while pods come and go. */
        SERVICE,
        /** The service's node port, on every node of the Kubernetes cluster that is ready. */
        NODES,
        /** What DNS says; asked by the daemon, never by nginx. */
        NAME,
        /** Given. */
        ADDRESS
    }

    /** The pods behind a service. */
    public static Target pods(String cluster, String namespace, String service, int port) {
        return new Target(Kind.PODS, cluster, namespace, service, port, 1);
    }

    /** A service by its cluster IP. */
    public static Target service(String cluster, String namespace, String service, int port) {
        return new Target(Kind.SERVICE, cluster, namespace, service, port, 1);
    }

    /** A service by its node port, for an nginx that reaches neither pods nor cluster IPs. */
    public static Target nodes(String cluster, String namespace, String service, int port) {
        return new Target(Kind.NODES, cluster, namespace, service, port, 1);
    }

    /** A machine by its DNS name. */
    public static Target named(String name, int port, int weight) {
        return new Target(Kind.NAME, null, null, name, port, weight);
    }

    /** A machine by its IP address. */
    public static Target of(Member member) {
        return new Target(Kind.ADDRESS, null, null, member.address(), member.port(), member.weight());
    }

    /** Refuses what no question could be asked for. */
    public void check() throws InvalidRouteException {
        if (kind == null || name == null) {
            throw new InvalidRouteException("A target has no kind or no name. Publish the route again.");
        }
        // An address that is always one, so that port and weight are judged in one place.
        Member.of(kind == Kind.ADDRESS ? name : "127.0.0.1", port, weight);
        boolean inKubernetes = kind == Kind.PODS || kind == Kind.SERVICE || kind == Kind.NODES;
        if (inKubernetes && (!isLabel(cluster) || !isLabel(namespace) || !isLabel(name))) {
            throw new InvalidRouteException("The target " + this + " does not name a Kubernetes cluster, a namespace"
                    + " and a service by DNS labels. Publish the route again.");
        }
        if (kind == Kind.NAME && !DNS_NAME.matcher(name).matches()) {
            throw new InvalidRouteException("'" + name + "' is not a DNS name. Publish the route again.");
        }
    }

    private static boolean isLabel(String text) {
        return text != null && LABEL.matcher(text).matches();
    }

    @Override
    public String toString() {
        return switch (kind == null ? Kind.ADDRESS : kind) {
            case PODS -> "pods of " + cluster + "/" + namespace + "/" + name + ":" + port;
            case SERVICE -> "service " + cluster + "/" + namespace + "/" + name + ":" + port;
            case NODES -> "node port of " + cluster + "/" + namespace + "/" + name + ":" + port;
            case NAME, ADDRESS -> name + ":" + port;
        };
    }
}
