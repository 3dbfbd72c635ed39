package io.jenkins.plugins.shera.kubeng.daemon;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What the daemon tells Jenkins of this node.
 *
 * @param version of the daemon; empty where it is not known
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record NodeReport(String version, NodeState routes, NodeState weights, List<Lease> leases) {

    /**
     * A weight that does not stand for ever.
     *
     * @param seconds for how long it stands when nothing is heard of Jenkins
     * @param over whether that time has passed
     */
    record Lease(String owner, long seconds, boolean over) {}
}
