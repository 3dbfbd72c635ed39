package hudson.model;

/** A root action that is reachable without any permission. */
public interface UnprotectedRootAction extends RootAction {}
