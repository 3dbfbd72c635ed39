package org.jenkinsci.plugins.workflow.cps;

import hudson.model.Action;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.shera.harness.pipeline.FlowGraph;
import io.jenkins.plugins.shera.harness.pipeline.FlowHost;
import io.jenkins.plugins.shera.harness.pipeline.ProgramRunner;
import java.io.IOException;
import java.util.List;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** One run of a Groovy Pipeline; saved with its build. */
public class CpsFlowExecution extends FlowExecution {
    private final String script;
    private final boolean sandbox;
    private volatile boolean done;
    private volatile Result result = Result.SUCCESS;
    private transient FlowExecutionOwner owner;
    private transient ProgramRunner runner;
    private transient FlowGraph graph;

    public CpsFlowExecution(String script, boolean sandbox, FlowExecutionOwner owner) throws IOException {
        this.script = script;
        this.sandbox = sandbox;
        this.owner = owner;
        prepare();
    }

    private void prepare() throws IOException {
        Run<?, ?> run = (Run<?, ?>) owner.getExecutable();
        runner = new ProgramRunner(run, this, script, this::ended);
        graph = runner.graph();
    }

    @Override
    public void start() {
        runner.start();
    }

    @Override
    public void onLoad(FlowExecutionOwner loaded) throws IOException {
        owner = loaded;
        prepare();
        if (done) {
            graph.load();
        } else {
            runner.resume();
        }
    }

    private void ended(Throwable problem) {
        done = true;
        if (problem instanceof FlowInterruptedException stop) {
            result = stop.getResult();
        } else if (problem != null) {
            result = Result.FAILURE;
        }
        try {
            ((FlowHost) owner.getExecutable()).flowEnded(problem);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The build of " + owner + " cannot be found", e);
        }
    }

    public String getScript() {
        return script;
    }

    public boolean isSandbox() {
        return sandbox;
    }

    public Result getResult() {
        return result;
    }

    @Override
    public FlowExecutionOwner getOwner() {
        return owner;
    }

    @Override
    public boolean isComplete() {
        return done;
    }

    @Override
    public List<FlowNode> getCurrentHeads() {
        return graph.heads();
    }

    @Override
    public FlowNode getNode(String id) {
        return graph.node(id);
    }

    @Override
    public void interrupt(Result stopResult, CauseOfInterruption... causes) {
        runner.interrupt(new FlowInterruptedException(stopResult, true, causes));
    }

    @Override
    public List<Action> loadActions(FlowNode node) {
        return List.copyOf(node.getActions());
    }

    @Override
    public void saveActions(FlowNode node, List<Action> actions) {
        graph.changed(node);
    }

    @Override
    public String toString() {
        return "CpsFlowExecution[" + owner + "]";
    }
}
