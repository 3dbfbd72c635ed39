package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.WeightReading;
import io.jenkins.plugins.shera.nginx.work.ReadWeightOnNode;
import io.jenkins.plugins.shera.nginx.work.WeighOnNode;
import io.jenkins.plugins.shera.platform.traffic.StaleGenerationException;
import java.io.IOException;

/** The weights on all nodes of an nginx cluster. */
final class WeightNodes {
    private final NginxCluster cluster;

    WeightNodes(NginxCluster cluster) {
        this.cluster = cluster;
    }

    /** How this node splits the traffic of the owner's route. */
    WeightReading read(NginxNodeSettings node, RouteOwner owner) throws IOException {
        try {
            return NodeAccess.channel(node).call(new ReadWeightOnNode(owner));
        } catch (IOException e) {
            throw new IOException(
                    Messages.KubengRouter_unread(NodeAccess.name(node), cluster.getId(), e.getMessage()), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The weight of the latest rollout that any node has for this owner; null where none was ever set. */
    Weight latest(RouteOwner owner) throws IOException {
        Weight latest = null;
        for (NginxNodeSettings node : cluster.getNodes()) {
            Weight found = read(node, owner).weight();
            if (found != null && (latest == null || found.generation() > latest.generation())) {
                latest = found;
            }
        }
        return latest;
    }

    /**
     * Looks at every node before it changes the first, so that a later rollout is left alone everywhere.
     *
     * @throws StaleGenerationException if a node has a weight of a later generation
     */
    void set(Weight weight) throws IOException {
        for (NginxNodeSettings node : cluster.getNodes()) {
            Weight before = read(node, weight.owner()).weight();
            refuseLater(node, weight, before == null ? 0 : before.generation());
        }
        for (NginxNodeSettings node : cluster.getNodes()) {
            try {
                refuseLater(node, weight, NodeAccess.channel(node).call(new WeighOnNode(weight)));
            } catch (StaleGenerationException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException(
                        Messages.KubengRouter_failed(NodeAccess.name(node), cluster.getId(), e.getMessage()), e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private void refuseLater(NginxNodeSettings node, Weight weight, long found) throws StaleGenerationException {
        if (found > weight.generation()) {
            throw new StaleGenerationException(
                    Messages.KubengRouter_where(weight.owner().id(), NodeAccess.name(node), cluster.getId()),
                    weight.generation(),
                    found);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted while nginx nodes were asked; the call may be made again", e);
    }
}
