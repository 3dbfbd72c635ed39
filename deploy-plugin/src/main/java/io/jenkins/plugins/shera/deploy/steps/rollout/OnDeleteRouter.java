package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.shera.deploy.canary.Batch;
import io.jenkins.plugins.shera.deploy.traffic.InPlaceTraffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code onDelete(batch: '25%')}: shares are pods of a DaemonSet, which are replaced a batch at a time. */
public final class OnDeleteRouter extends DelegatingRouter {

    private String batch;

    /** With its defaults. */
    @DataBoundConstructor
    public OnDeleteRouter() {
        // every parameter has a default
    }

    /** How many pods may be missing at once, a number or a share; null for one. */
    public String getBatch() {
        return batch;
    }

    @DataBoundSetter
    public void setBatch(String batch) {
        this.batch = Util.fixEmptyAndTrim(batch);
    }

    @Override
    public Map<String, String> settings() {
        Batch.of(batch);
        return Map.of("batch", Util.fixNull(batch));
    }

    @Override
    TrafficControl control() {
        return new InPlaceTraffic(InPlaceTraffic.DAEMON_SET);
    }

    @Extension
    @Symbol("onDelete")
    public static final class DescriptorImpl extends RouterDescriptor {
        @Override
        public String kind() {
            return "onDelete";
        }

        @Override
        public OnDeleteRouter restore(Map<String, String> settings) {
            OnDeleteRouter router = new OnDeleteRouter();
            router.setBatch(settings.get("batch"));
            return router;
        }

        @Override
        public String getDisplayName() {
            return Messages.OnDeleteRouter_displayName();
        }
    }
}
