package jenkins.model;

import hudson.model.ModelObject;

/** A model object with a context menu; the harness draws none. */
public interface ModelObjectWithContextMenu extends ModelObject {}
