package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Duration;

/** A fault on demand that the cluster under test does not have: what splits traffic does not answer for a while. */
final class AwayRouter implements TrafficControl {

    final TrafficControl real;
    volatile boolean away;

    AwayRouter(TrafficControl real) {
        this.real = real;
    }

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
        answer();
        real.apply(target, wanted);
    }

    @Override
    public TrafficReading read(TrafficTarget target) throws IOException {
        answer();
        return real.read(target);
    }

    private void answer() throws IOException {
        if (away) {
            throw new IOException("away");
        }
    }

    @Override
    public void reset(TrafficTarget target) throws IOException {
        answer();
        real.reset(target);
    }

    @Override
    public Duration drain() {
        return real.drain();
    }
}
