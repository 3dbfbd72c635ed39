package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.traffic.InPlaceTraffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code partition()}: shares are pods of a StatefulSet from an ordinal on; needs nothing in the cluster. */
public final class PartitionRouter extends DelegatingRouter {

    /** With its defaults. */
    @DataBoundConstructor
    public PartitionRouter() {
        // every parameter has a default
    }

    @Override
    TrafficControl control() {
        return new InPlaceTraffic(InPlaceTraffic.STATEFUL_SET);
    }

    @Extension
    @Symbol("partition")
    public static final class DescriptorImpl extends RouterDescriptor {
        @Override
        public String kind() {
            return "partition";
        }

        @Override
        public PartitionRouter restore(Map<String, String> settings) {
            return new PartitionRouter();
        }

        @Override
        public String getDisplayName() {
            return Messages.PartitionRouter_displayName();
        }
    }
}
