package org.jenkinsci.plugins.workflow.flow;

import hudson.model.Action;
import hudson.model.Result;
import java.io.IOException;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowActionStorage;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/** One run of a flow. */
public abstract class FlowExecution implements FlowActionStorage {
    /** Begins to run; returns at once. */
    public abstract void start() throws IOException;

    /** Called when the build was loaded; an unfinished flow goes on. */
    public void onLoad(FlowExecutionOwner owner) throws IOException {}

    public abstract FlowExecutionOwner getOwner();

    /** The newest node of each line of control. */
    public abstract List<FlowNode> getCurrentHeads();

    /** Stops every step, so that the build ends with this result. */
    public abstract void interrupt(Result r, CauseOfInterruption... causes) throws IOException, InterruptedException;

    /** The node with this id, or null. */
    public abstract FlowNode getNode(String id) throws IOException;

    public boolean isComplete() {
        return false;
    }

    @Override
    public abstract List<Action> loadActions(FlowNode node) throws IOException;

    @Override
    public abstract void saveActions(FlowNode node, List<Action> actions) throws IOException;
}
