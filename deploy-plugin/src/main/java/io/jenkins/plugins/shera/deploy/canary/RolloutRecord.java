package io.jenkins.plugins.shera.deploy.canary;

/**
 * A rollout as it was read from the cluster.
 *
 * @param version of the ConfigMap
 * @param trusted whether the signature fits; what is not trusted may be shown, never acted on
 */
public record RolloutRecord(RolloutPlan plan, RolloutStatus status, String version, boolean trusted) {}
