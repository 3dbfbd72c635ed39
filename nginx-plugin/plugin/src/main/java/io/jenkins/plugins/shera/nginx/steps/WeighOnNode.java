package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.StaleWeightException;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.WeightReading;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Sets a weight on the machine it runs on, and gives the later generation that forbids it, or 0 when it is served. */
final class WeighOnNode extends MasterToSlaveCallable<Long, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final Weight weight;

    WeighOnNode(NginxNodeSettings node, Weight weight) {
        this.node = node;
        this.weight = weight;
    }

    @Override
    public Long call() throws IOException {
        NginxNode nginx = NodeAccess.node(node);
        try {
            WeightReading before = nginx.weightOf(weight.owner());
            if (weight.sendsNothing() && !before.routed() && before.weight() == null) {
                return 0L;
            }
            nginx.weigh(weight);
            return 0L;
        } catch (StaleWeightException e) {
            return e.found();
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was changed; what was in force before is in force again", e);
        }
    }
}
