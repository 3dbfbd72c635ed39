package io.jenkins.plugins.shera.harness.pipeline;

import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** The beginning of a step that has a body, or of one run of the body. */
public final class BlockStart extends BlockStartNode implements StepNode {
    private final String function;
    private final String block;
    private final boolean body;
    private final boolean branch;

    BlockStart(
            FlowExecution flow,
            String id,
            String function,
            String block,
            boolean body,
            boolean branch,
            FlowNode parent) {
        super(flow, id, parent);
        this.function = function;
        this.block = block;
        this.body = body;
        this.branch = branch;
    }

    /** The name of the step in scripts. */
    public String function() {
        return function;
    }

    /** True for a run of the body, false for the step itself. */
    public boolean isBody() {
        return body;
    }

    /** True for a body that runs beside others. */
    public boolean isBranch() {
        return branch;
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
        return function + (body ? " : Body : Start" : " : Start");
    }
}
