package io.jenkins.plugins.shera.deploy.steps.rollout;

import io.jenkins.plugins.shera.platform.extension.TrafficRouter;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Hands everything to a router in plain Java, made anew from the parameters. */
abstract class DelegatingRouter extends TrafficRouter {

    abstract TrafficControl control();

    /** None, unless a router has some. */
    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public final Split split() {
        return control().split();
    }

    @Override
    public final void check(TrafficTarget target) throws IOException {
        control().check(target);
    }

    @Override
    public final void apply(TrafficTarget target, Traffic wanted) throws IOException {
        control().apply(target, wanted);
    }

    @Override
    public final TrafficReading read(TrafficTarget target) throws IOException {
        return control().read(target);
    }

    @Override
    public final void reset(TrafficTarget target) throws IOException {
        control().reset(target);
    }

    @Override
    public final Duration drain() {
        return control().drain();
    }
}
