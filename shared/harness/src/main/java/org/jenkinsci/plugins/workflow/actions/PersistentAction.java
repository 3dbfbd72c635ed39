package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Action;

/** An action that is saved with its node. */
public interface PersistentAction extends Action {}
