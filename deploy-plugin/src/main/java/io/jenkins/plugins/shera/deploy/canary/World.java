package io.jenkins.plugins.shera.deploy.canary;

import io.jenkins.plugins.shera.platform.traffic.TrafficControl.Split;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;

/**
 * Everything the decision is made of, as it was read at one moment.
 *
 * @param scaled whether an autoscaler owns the stable side's number of pods
 * @param frozen whether it stands still on our word
 * @param drainMillis how long canary pods stay after they get no new requests
 */
public record World(
        Side stable,
        Side canary,
        TrafficReading traffic,
        Split split,
        boolean scaled,
        boolean frozen,
        long drainMillis) {}
