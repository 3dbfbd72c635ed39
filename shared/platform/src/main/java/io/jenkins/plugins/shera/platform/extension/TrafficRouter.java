package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * Sends a share of an application's requests to its canary, as people choose it in a step: {@code router: gatewayApi(route: 'shop')}.
 * Whatever carries the weight also carries the rollout's generation; a call with an older generation than the one found there is refused,
 * so that of two writers the later rollout wins. The parameters are saved with the rollout in the cluster and bound again from there,
 * so they are small plain texts and never secrets.
 */
public abstract class TrafficRouter extends AbstractDescribableImpl<TrafficRouter>
        implements TrafficControl, ExtensionPoint {

    /** The parameters by name; {@link RouterDescriptor#restore} makes the same router of them. */
    public abstract Map<String, String> settings();

    /** The symbol people write, for example {@code gatewayApi}. */
    public final String kind() {
        return ((RouterDescriptor) getDescriptor()).kind();
    }

    /** The router of this kind with these parameters; empty when no installed plugin offers the kind. */
    public static Optional<TrafficRouter> restore(String kind, Map<String, String> settings) {
        for (Descriptor<TrafficRouter> each : Jenkins.get().getDescriptorList(TrafficRouter.class)) {
            if (each instanceof RouterDescriptor offered && offered.kind().equals(kind)) {
                return Optional.of(offered.restore(settings));
            }
        }
        return Optional.empty();
    }

    /** Describes one kind of router; its class also carries {@code @Symbol} with the same word. */
    public abstract static class RouterDescriptor extends Descriptor<TrafficRouter> {

        /** The symbol people write. */
        public abstract String kind();

        /**
         * A router with the parameters that {@link TrafficRouter#settings} gave.
         *
         * @throws IllegalArgumentException when they make no sense
         */
        public abstract TrafficRouter restore(Map<String, String> settings);
    }
}
