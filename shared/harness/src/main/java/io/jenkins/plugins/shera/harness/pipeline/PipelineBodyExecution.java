package io.jenkins.plugins.shera.harness.pipeline;

import com.cloudbees.groovy.cps.Outcome;
import io.jenkins.plugins.shera.harness.cps.ProgramThread;
import io.jenkins.plugins.shera.harness.cps.ThreadEnd;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A body that runs or has run; tells the step how it ended. */
final class PipelineBodyExecution extends BodyExecution implements ThreadEnd {
    private static final long serialVersionUID = 1L;

    private final PipelineStepContext context;
    private final ArrayList<BodyExecutionCallback> callbacks;
    private int thread;
    private Outcome outcome;
    private Throwable cancelled;
    private transient CountDownLatch over;

    PipelineBodyExecution(PipelineStepContext context, List<BodyExecutionCallback> callbacks) {
        this.context = context;
        this.callbacks = new ArrayList<>(callbacks);
    }

    synchronized void started(int id) {
        thread = id;
    }

    @Override
    public void ended(ProgramThread ended, Outcome how) {
        ProgramRunner runner = ProgramRunner.current();
        runner.graph().endBody((Surroundings) ended.surroundings(), how.getAbnormal());
        synchronized (this) {
            outcome = how;
            latch().countDown();
        }
        for (BodyExecutionCallback callback : callbacks) {
            if (how.getAbnormal() == null) {
                callback.onSuccess(context, how.getNormal());
            } else {
                callback.onFailure(context, how.getAbnormal());
            }
        }
    }

    @Override
    public Collection<StepExecution> getCurrentExecutions() {
        ProgramRunner runner = ProgramRunner.of(context.run());
        synchronized (this) {
            return outcome != null || thread == 0 ? List.of() : runner.innermostSteps(thread);
        }
    }

    @Override
    public boolean cancel(Throwable t) {
        synchronized (this) {
            if (outcome != null) {
                return false;
            }
            cancelled = t;
        }
        ProgramRunner.of(context.run()).enqueue(runner -> {
            int id;
            synchronized (this) {
                id = outcome == null ? thread : 0;
            }
            if (id != 0) {
                runner.stopWithin(id, t);
            }
        });
        return true;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled != null;
    }

    @Override
    public synchronized boolean isDone() {
        return outcome != null;
    }

    @Override
    public Object get() throws InterruptedException, ExecutionException {
        latch().await();
        return value();
    }

    @Override
    public Object get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!latch().await(timeout, unit)) {
            throw new TimeoutException("The body still runs");
        }
        return value();
    }

    private synchronized Object value() throws ExecutionException {
        if (outcome.getAbnormal() != null) {
            throw new ExecutionException(outcome.getAbnormal());
        }
        return outcome.getNormal();
    }

    private synchronized CountDownLatch latch() {
        if (over == null) {
            over = new CountDownLatch(outcome == null ? 1 : 0);
        }
        return over;
    }
}
