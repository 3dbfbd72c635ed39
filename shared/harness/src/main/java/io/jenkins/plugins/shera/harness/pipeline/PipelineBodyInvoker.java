package io.jenkins.plugins.shera.harness.pipeline;

import groovy.lang.Closure;
import io.jenkins.plugins.shera.harness.cps.ProgramThread;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;

/** Starts a body as a thread of its own in the program of the step. */
final class PipelineBodyInvoker extends BodyInvoker {
    private final PipelineStepContext context;
    private final Closure<?> closure;
    private final boolean branch;
    private final List<Object> values = new ArrayList<>();
    private final ArrayList<BodyExecutionCallback> callbacks = new ArrayList<>();
    private String name;

    PipelineBodyInvoker(PipelineStepContext context, Closure<?> closure, boolean branch) {
        this.context = context;
        this.closure = closure;
        this.branch = branch;
    }

    @Override
    public BodyInvoker withContext(Object override) {
        if (override != null) {
            values.add(override);
        }
        return this;
    }

    @Override
    public BodyInvoker withDisplayName(String displayName) {
        name = displayName;
        return this;
    }

    @Override
    public BodyInvoker withCallback(BodyExecutionCallback callback) {
        callbacks.add(callback);
        return this;
    }

    @Override
    public BodyExecution start() {
        PipelineBodyExecution execution = new PipelineBodyExecution(context, callbacks);
        ProgramRunner.of(context.run()).enqueue(runner -> begin(runner, execution));
        return execution;
    }

    private void begin(ProgramRunner runner, PipelineBodyExecution execution) {
        ProgramThread caller = runner.program().thread(context.thread());
        if (caller == null || caller.isRunnable()) {
            return;
        }
        FlowNode start = runner.graph().addBodyStart(context.node(), context.around(), name, branch);
        if (name != null) {
            BuildLog.of(context.run())
                    .listener(start.getId())
                    .getLogger()
                    .println("[Pipeline] { (" + (branch ? "Branch: " : "") + name + ")");
        }
        Surroundings inside = context.around().inner(context.thread(), values, start.getId());
        ProgramThread thread = runner.program().startBody(closure, List.of(), inside, execution);
        execution.started(thread.id());
        callbacks.forEach(callback -> callback.onStart(context));
    }
}
