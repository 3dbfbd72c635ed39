package hudson.model;

import hudson.ExtensionPoint;

/** Chooses executors; the harness has nothing to choose from. */
public abstract class LoadBalancer implements ExtensionPoint {}
