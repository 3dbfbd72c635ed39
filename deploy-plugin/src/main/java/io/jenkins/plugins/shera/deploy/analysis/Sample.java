package io.jenkins.plugins.shera.deploy.analysis;

import java.time.Instant;

/**
 * What a source gave for one measurement.
 *
 * @param canary the canary's value, null when there is no data
 * @param stable the stable side's value, null when there is none or nobody asked
 * @param newest when the newest point that was used was measured, null when unknown
 */
public record Sample(Double canary, Double stable, Instant newest) {}
