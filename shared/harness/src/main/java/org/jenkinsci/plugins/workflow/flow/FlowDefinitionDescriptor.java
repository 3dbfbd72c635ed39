package org.jenkinsci.plugins.workflow.flow;

import hudson.model.Descriptor;

/** Describes a kind of flow definition. */
public abstract class FlowDefinitionDescriptor extends Descriptor<FlowDefinition> {}
