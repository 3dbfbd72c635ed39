package io.jenkins.plugins.shera.deploy.scale;

import io.jenkins.plugins.shera.deploy.rollout.Autoscaler;

/**
 * The number of pods of an application as it is now.
 *
 * @param kind of its workload, as Kubernetes spells it
 * @param wanted pods that are asked for
 * @param ready pods that serve
 * @param asleepFrom how many it had before it was sent to sleep, 0 when it does not sleep
 * @param autoscaler what owns the number, null when nothing does
 * @param ours whether the autoscaler was made by us
 */
public record ScaleFacts(String kind, int wanted, int ready, int asleepFrom, Autoscaler autoscaler, boolean ours) {}
