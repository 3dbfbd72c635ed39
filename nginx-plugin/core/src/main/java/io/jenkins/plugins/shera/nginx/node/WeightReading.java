package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.Weight;
import java.io.Serializable;

/**
 * How a node splits the traffic of a route.
 *
 * @param routed whether the node has such a route
 * @param weight what lies there; null when no rollout ever set one
 * @param served whether the workers tell that they serve what lies there
 */
public record WeightReading(boolean routed, Weight weight, boolean served) implements Serializable {}
