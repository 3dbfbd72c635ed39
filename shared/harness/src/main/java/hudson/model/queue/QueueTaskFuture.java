package hudson.model.queue;

import hudson.model.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Follows a task from the queue to its end. */
public interface QueueTaskFuture<R extends Queue.Executable> extends Future<R> {
    /** Waits until the task starts. */
    R waitForStart() throws InterruptedException, ExecutionException;

    /** Becomes done when the task starts. */
    Future<R> getStartCondition();
}
