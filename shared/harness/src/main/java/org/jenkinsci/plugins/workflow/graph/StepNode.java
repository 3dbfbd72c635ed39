package org.jenkinsci.plugins.workflow.graph;

import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** A node that came from a step. */
public interface StepNode {
    /** The kind of step, or null when it is no longer installed. */
    StepDescriptor getDescriptor();
}
