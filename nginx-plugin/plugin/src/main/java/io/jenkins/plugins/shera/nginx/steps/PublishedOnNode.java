package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.model.Route;
import java.io.Serializable;

/**
 * What became of a route on one node.
 *
 * @param generation in force now
 * @param before what its owner had there; null for nothing
 */
record PublishedOnNode(long generation, Route before) implements Serializable {}
