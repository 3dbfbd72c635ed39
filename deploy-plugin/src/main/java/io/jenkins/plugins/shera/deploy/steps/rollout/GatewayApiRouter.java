package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.shera.deploy.traffic.GatewayTraffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code gatewayApi(route: 'shop')}: weights and matches of an HTTPRoute. */
public final class GatewayApiRouter extends DelegatingRouter {

    private String route;
    private int settleSeconds = 5;
    private int drainSeconds = 10;

    /** With its defaults. */
    @DataBoundConstructor
    public GatewayApiRouter() {
        // every parameter has a default
    }

    public String getRoute() {
        return route;
    }

    @DataBoundSetter
    public void setRoute(String route) {
        this.route = Util.fixEmptyAndTrim(route);
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
        settings.put("route", Util.fixNull(route));
        settings.put("settleSeconds", String.valueOf(settleSeconds));
        settings.put("drainSeconds", String.valueOf(drainSeconds));
        return settings;
    }

    @Override
    TrafficControl control() {
        return new GatewayTraffic(Util.fixNull(route), settleSeconds, drainSeconds);
    }

    @Extension
    @Symbol("gatewayApi")
    public static final class DescriptorImpl extends RouterDescriptor {
        @Override
        public String kind() {
            return "gatewayApi";
        }

        @Override
        public GatewayApiRouter restore(Map<String, String> settings) {
            GatewayApiRouter router = new GatewayApiRouter();
            router.setRoute(settings.get("route"));
            router.setSettleSeconds(Integer.parseInt(settings.getOrDefault("settleSeconds", "5")));
            router.setDrainSeconds(Integer.parseInt(settings.getOrDefault("drainSeconds", "10")));
            return router;
        }

        @Override
        public String getDisplayName() {
            return Messages.GatewayApiRouter_displayName();
        }
    }
}
