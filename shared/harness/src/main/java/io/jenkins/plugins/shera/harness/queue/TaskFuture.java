package io.jenkins.plugins.shera.harness.queue;

import hudson.model.Queue;
import hudson.model.queue.QueueTaskFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Completed by the executor that runs the task. */
public final class TaskFuture implements QueueTaskFuture<Queue.Executable> {
    private final CompletableFuture<Queue.Executable> start = new CompletableFuture<>();
    private final CompletableFuture<Queue.Executable> end = new CompletableFuture<>();
    private final Runnable onCancel;

    /** @param onCancel takes the task out of the queue or interrupts it */
    public TaskFuture(Runnable onCancel) {
        this.onCancel = onCancel;
    }

    /** The task has started. */
    public void started(Queue.Executable executable) {
        start.complete(executable);
    }

    /** The task has ended; the problem is null when it ended well. */
    public void ended(Queue.Executable executable, Throwable problem) {
        if (problem == null) {
            end.complete(executable);
        } else {
            start.completeExceptionally(problem);
            end.completeExceptionally(problem);
        }
    }

    /** The task will never start. */
    public void cancelled() {
        start.cancel(false);
        end.cancel(false);
    }

    @Override
    public Queue.Executable waitForStart() throws InterruptedException, ExecutionException {
        return start.get();
    }

    @Override
    public Future<Queue.Executable> getStartCondition() {
        return start;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (end.isDone()) {
            return false;
        }
        onCancel.run();
        return true;
    }

    @Override
    public boolean isCancelled() {
        return end.isCancelled();
    }

    @Override
    public boolean isDone() {
        return end.isDone();
    }

    @Override
    public Queue.Executable get() throws InterruptedException, ExecutionException {
        return end.get();
    }

    @Override
    public Queue.Executable get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return end.get(timeout, unit);
    }
}
