package io.jenkins.plugins.shera.kubeng.daemon;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.shera.kubeng.objects.ObjectState;
import io.jenkins.plugins.shera.nginx.reach.Unreached;
import java.util.List;

/**
 * What the daemon tells Jenkins of this node.
 *
 * @param version of the daemon; empty where it is not known
 * @param objects what became of each Ingress and HTTPRoute that is looked at
 * @param unwatched why some of them cannot be looked at, a line each, beginning with the tenant
 * @param unreached members that this node did not reach when it last tried
 * @param following how changes of addresses reach nginx; null while that is not known
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record NodeReport(
        String version,
        NodeState routes,
        NodeState weights,
        NodeState streams,
        List<Lease> leases,
        List<ObjectState> objects,
        List<String> unwatched,
        List<Unreached> unreached,
        Following following) {

    /**
     * How changes of addresses of routes reach nginx.
     *
     * @param reason why always with a reload; empty where this nginx can do without
     * @param live how many routes do without
     * @param reloading why other routes, which follow addresses too, do not, a line each, beginning with the owner
     */
    record Following(String reason, long live, List<String> reloading) {}

    /**
     * A weight that does not stand for ever.
     *
     * @param seconds for how long it stands when nothing is heard of Jenkins
     * @param over whether that time has passed
     */
    record Lease(String owner, long seconds, boolean over) {}
}
