package jenkins.model.queue;

import hudson.model.Executor;

/** Thrown by {@link hudson.model.Queue.Executable#run} to go on without a thread. */
public abstract class AsynchronousExecution extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Throwable NONE = new Throwable("none", null, false, false) {};

    private transient Executor executor;
    private transient Throwable result;

    protected AsynchronousExecution() {}

    /** Called when someone stops the executor, or Jenkins shuts down. */
    public abstract void interrupt(boolean forShutdown);

    /** Whether a restart must wait for this. */
    public abstract boolean blocksRestart();

    /** Whether the executor is shown. */
    public abstract boolean displayCell();

    /** The executor. */
    public final synchronized Executor getExecutor() {
        return executor;
    }

    /** Called by the executor when it lets go of its thread. */
    public final synchronized void setExecutorWithoutCompleting(Executor executor) {
        this.executor = executor;
    }

    /** Called by the executor; ends at once when the work ended before. */
    public final synchronized void maybeComplete() {
        if (result != null) {
            executor.completedAsynchronous(result == NONE ? null : result);
            result = null;
        }
    }

    /** To be called when the work has ended; the error is null when it ended well. */
    public final synchronized void completed(Throwable error) {
        if (executor == null) {
            result = error == null ? NONE : error;
        } else {
            executor.completedAsynchronous(error);
        }
    }
}
