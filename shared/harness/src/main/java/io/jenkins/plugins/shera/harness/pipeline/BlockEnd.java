package io.jenkins.plugins.shera.harness.pipeline;

import java.util.List;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** The end of a step that has a body, or of one run of the body. */
public final class BlockEnd extends BlockEndNode<BlockStart> {
    private final String block;

    BlockEnd(FlowExecution flow, String id, BlockStart start, FlowNode parent) {
        super(flow, id, start, List.of(parent));
        this.block = start.getEnclosingId();
    }

    @Override
    public String getEnclosingId() {
        return block;
    }

    @Override
    protected String getTypeDisplayName() {
        return getStartNode().function() + (getStartNode().isBody() ? " : Body : End" : " : End");
    }
}
