package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.traffic.ReplicasTraffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code replicas()}: shares are pods behind the one Service of the application; needs nothing in the cluster. */
public final class ReplicasRouter extends DelegatingRouter {

    /** With its defaults. */
    @DataBoundConstructor
    public ReplicasRouter() {
        // every parameter has a default
    }

    @Override
    TrafficControl control() {
        return new ReplicasTraffic();
    }

    @Extension
    @Symbol("replicas")
    public static final class DescriptorImpl extends RouterDescriptor {
        @Override
        public String kind() {
            return "replicas";
        }

        @Override
        public ReplicasRouter restore(Map<String, String> settings) {
            return new ReplicasRouter();
        }

        @Override
        public String getDisplayName() {
            return Messages.ReplicasRouter_displayName();
        }
    }
}
