package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.StaleWeightException;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.WeightReading;
import java.io.IOException;

/** Sets a weight, and gives the later generation that forbids it, or 0 when it is served. */
public record WeighOnNode(Weight weight) implements NodeWork<Long> {
    @Override
    public Long on(NginxInstallation installation) throws IOException, InterruptedException, InvalidRouteException {
        NginxNode nginx = new NginxNode(installation);
        try {
            WeightReading before = nginx.weightOf(weight.owner());
            if (weight.sendsNothing() && !before.routed() && before.weight() == null) {
                return 0L;
            }
            nginx.weigh(weight);
            return 0L;
        } catch (StaleWeightException e) {
            return e.found();
        }
    }
}
