package jenkins.model;

import hudson.model.ModelObject;

/** A model object with a menu of children; the harness draws none. */
public interface ModelObjectWithChildren extends ModelObject {}
