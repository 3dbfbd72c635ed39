package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code checkDrift} returns: for every node, how far it was from what was last put there. */
public final class DriftResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String nginx;
    private final ArrayList<OfNode> nodes;

    DriftResult(String nginx, List<OfNode> nodes) {
        this.nginx = nginx;
        this.nodes = new ArrayList<>(nodes);
    }

    /** Id of the nginx cluster. */
    @Whitelisted
    public String getNginx() {
        return nginx;
    }

    /** In the order of the cluster. */
    @Whitelisted
    public List<OfNode> getNodes() {
        return new ArrayList<>(nodes);
    }

    /** Whether any node had drifted when it was read, put back since or not. */
    @Whitelisted
    public boolean isDrifted() {
        return nodes.stream().anyMatch(OfNode::isDrifted);
    }

    /** One node. */
    public static final class OfNode implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final long generation;
        private final ArrayList<String> changes;
        private final boolean drifted;
        private final boolean overwritten;

        OfNode(String name, NodeDrift drift, boolean overwritten) {
            this.name = name;
            this.generation = drift.generation();
            this.changes = new ArrayList<>(drift.changes());
            this.drifted = !drift.isNone();
            this.overwritten = overwritten;
        }

        /** Name of its agent. */
        @Whitelisted
        public String getName() {
            return name;
        }

        /** Of the routes that were in force when it was read. */
        @Whitelisted
        public long getGeneration() {
            return generation;
        }

        /** What somebody else changed, one line each; on an nginx that others use too, only what is the tenant's own. */
        @Whitelisted
        public List<String> getChanges() {
            return new ArrayList<>(changes);
        }

        /** Whether it was not as it was left. */
        @Whitelisted
        public boolean isDrifted() {
            return drifted;
        }

        /** Whether it got back what was last put there. */
        @Whitelisted
        public boolean isOverwritten() {
            return overwritten;
        }
    }
}
