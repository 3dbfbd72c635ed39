package io.jenkins.plugins.shera.harness.pipeline;

import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.AtomNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** A call of a step without a body. */
public final class StepAtom extends AtomNode implements StepNode {
    private final String function;
    private final String block;
    private long ended;

    StepAtom(FlowExecution flow, String id, String function, String block, FlowNode parent) {
        super(flow, id, parent);
        this.function = function;
        this.block = block;
    }

    /** The name of the step in scripts. */
    public String function() {
        return function;
    }

    /** When the step was over, in milliseconds since 1970, 0 while it runs. */
    public long ended() {
        return ended;
    }

    void end() {
        ended = System.currentTimeMillis();
    }

    @Override
    public String getEnclosingId() {
        return block;
    }

    @Override
    public StepDescriptor getDescriptor() {
        return StepDescriptor.byFunctionName(function);
    }

    @Override
    protected String getTypeDisplayName() {
        StepDescriptor descriptor = getDescriptor();
        return descriptor == null ? function : descriptor.getDisplayName();
    }
}
