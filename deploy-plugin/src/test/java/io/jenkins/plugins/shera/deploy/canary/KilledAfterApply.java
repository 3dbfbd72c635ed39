package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Duration;

/** A fault on demand that no real router has: the driver dies right after the weight was set, before anything is saved. */
record KilledAfterApply(TrafficControl real) implements TrafficControl {

    @Override
    public Split split() {
        return real.split();
    }

    @Override
    public void check(TrafficTarget target) throws IOException {
        real.check(target);
    }

    @Override
    public void apply(TrafficTarget target, Traffic wanted) throws IOException {
        real.apply(target, wanted);
        throw new IllegalStateException("killed");
    }

    @Override
    public TrafficReading read(TrafficTarget target) throws IOException {
        return real.read(target);
    }

    @Override
    public void reset(TrafficTarget target) throws IOException {
        real.reset(target);
    }

    @Override
    public Duration drain() {
        return real.drain();
    }
}
