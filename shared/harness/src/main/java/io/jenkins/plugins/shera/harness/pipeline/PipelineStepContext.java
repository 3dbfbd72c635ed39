package io.jenkins.plugins.shera.harness.pipeline;

import com.cloudbees.groovy.cps.Outcome;
import com.google.common.util.concurrent.ListenableFuture;
import groovy.lang.Closure;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.shera.harness.cps.ProgramThread;
import java.io.IOException;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** What surrounds one running step of a Pipeline build; any thread may hand in the result. */
public final class PipelineStepContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final Run<?, ?> run;
    private final int thread;
    private final String node;
    private final String function;
    private final Surroundings around;
    private final Closure<?> body;
    private transient Outcome answer;
    private transient boolean begun = true;

    PipelineStepContext(
            Run<?, ?> run, int thread, String node, StepDescriptor descriptor, Surroundings around, Closure<?> body) {
        this.run = run;
        this.thread = thread;
        this.node = node;
        this.function = descriptor.getFunctionName();
        this.around = around;
        this.body = body;
        this.begun = false;
    }

    private Object readResolve() {
        begun = true;
        return this;
    }

    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        return new ContextValues(run, node, function, around).get(key);
    }

    @Override
    public void onSuccess(Object result) {
        answer(new Outcome(result, null));
    }

    @Override
    public void onFailure(Throwable t) {
        answer(new Outcome(null, Objects.requireNonNull(t, "a step fails with an exception")));
    }

    private void answer(Outcome outcome) {
        synchronized (this) {
            if (answer != null) {
                return;
            }
            answer = outcome;
            if (!begun) {
                return;
            }
        }
        ProgramRunner.of(run).enqueue(this::deliver);
    }

    /** Called once the step has started: an answer that is there already is handed on without a detour. */
    void begun() {
        synchronized (this) {
            begun = true;
            if (answer == null) {
                return;
            }
        }
        deliver(ProgramRunner.current());
    }

    private void deliver(ProgramRunner runner) {
        Outcome outcome;
        synchronized (this) {
            outcome = answer;
        }
        ProgramThread waiting = runner.program().thread(thread);
        if (waiting == null || waiting.isRunnable() || !isAwaitedBy(waiting)) {
            return;
        }
        runner.graph().end(node, around, outcome.getAbnormal());
        waiting.resume(outcome);
    }

    private boolean isAwaitedBy(ProgramThread waiting) {
        return !(waiting.waitingFor() instanceof StepExecution step)
                || !(step.getContext() instanceof PipelineStepContext other)
                || other.node.equals(node);
    }

    boolean isAnswered() {
        synchronized (this) {
            return answer != null;
        }
    }

    @Override
    public boolean isReady() {
        return ProgramRunner.of(run).isLoaded();
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return ProgramRunner.of(run).save();
    }

    @Override
    public void setResult(Result r) {
        run.setResult(r);
    }

    @Override
    public boolean hasBody() {
        return body != null;
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        if (body == null) {
            throw new IllegalStateException("There's no body to invoke");
        }
        return newBodyInvoker(body, false);
    }

    /**
     * Calls a closure that is not the step's own body.
     *
     * @param branch true when it runs beside others and shall be seen as a branch
     */
    public BodyInvoker newBodyInvoker(Closure<?> closure, boolean branch) {
        return new PipelineBodyInvoker(this, closure, branch);
    }

    Run<?, ?> run() {
        return run;
    }

    int thread() {
        return thread;
    }

    String node() {
        return node;
    }

    String function() {
        return function;
    }

    Surroundings around() {
        return around;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PipelineStepContext other && run.equals(other.run) && node.equals(other.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    @Override
    public String toString() {
        return function + "[" + node + "] of " + run;
    }
}
