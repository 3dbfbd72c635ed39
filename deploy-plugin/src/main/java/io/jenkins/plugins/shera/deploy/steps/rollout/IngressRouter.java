package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.shera.deploy.traffic.IngressTraffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code ingress(ingress: 'shop')}: the canary annotations of ingress-nginx. */
public final class IngressRouter extends DelegatingRouter {

    private String ingress;
    private int settleSeconds = 5;
    private int drainSeconds = 10;

    /** With its defaults. */
    @DataBoundConstructor
    public IngressRouter() {
        // every parameter has a default
    }

    public String getIngress() {
        return ingress;
    }

    @DataBoundSetter
    public void setIngress(String ingress) {
        this.ingress = Util.fixEmptyAndTrim(ingress);
    }

    public int getSettleSeconds() {
        return settleSeconds;
    }

    @DataBoundSetter
    public void setSettleSeconds(int settleSeconds) {
        this.settleSeconds = settleSeconds;
    }

    public int getDrainSeconds() {
        return drainSeconds;
    }

    @DataBoundSetter
    public void setDrainSeconds(int drainSeconds) {
        this.drainSeconds = drainSeconds;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ingress", Util.fixNull(ingress));
        settings.put("settleSeconds", String.valueOf(settleSeconds));
        settings.put("drainSeconds", String.valueOf(drainSeconds));
        return settings;
    }

    @Override
    TrafficControl control() {
        return new IngressTraffic(Util.fixNull(ingress), settleSeconds, drainSeconds);
    }

    @Extension
    @Symbol("ingress")
    public static final class DescriptorImpl extends RouterDescriptor {
        @Override
        public String kind() {
            return "ingress";
        }

        @Override
        public IngressRouter restore(Map<String, String> settings) {
            IngressRouter router = new IngressRouter();
            router.setIngress(settings.get("ingress"));
            router.setSettleSeconds(Integer.parseInt(settings.getOrDefault("settleSeconds", "5")));
            router.setDrainSeconds(Integer.parseInt(settings.getOrDefault("drainSeconds", "10")));
            return router;
        }

        @Override
        public String getDisplayName() {
            return Messages.IngressRouter_displayName();
        }
    }
}
