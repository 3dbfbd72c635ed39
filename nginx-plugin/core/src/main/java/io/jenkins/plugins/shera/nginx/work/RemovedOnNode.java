package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.Weight;
import java.io.Serializable;

/**
 * What was taken from one node.
 *
 * @param generation of the routes in force now; 0 where there was nothing to take
 * @param route as it was; null where the node had none
 * @param weight as it was; null for none
 */
public record RemovedOnNode(long generation, Route route, Weight weight) implements Serializable {}
