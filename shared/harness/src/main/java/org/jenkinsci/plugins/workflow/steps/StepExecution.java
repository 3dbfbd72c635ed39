package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import io.jenkins.plugins.shera.harness.pipeline.RunningPrograms;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A running step; saved with the program. */
public abstract class StepExecution implements Serializable {
    private static final long serialVersionUID = 1L;

    private StepContext context;

    @Deprecated
    protected StepExecution() {}

    protected StepExecution(StepContext context) {
        this.context = context;
    }

    public StepContext getContext() {
        if (context == null) {
            throw new IllegalStateException("you must pass the StepContext to the StepExecution constructor");
        }
        return context;
    }

    /** Begins the work: true when the result is already handed in, false when it will be later. */
    public abstract boolean start() throws Exception;

    /** Ends the work early; by default the step fails with the cause at once. */
    public void stop(Throwable cause) throws Exception {
        getContext().onFailure(cause);
    }

    /** Called when the program was loaded after a restart and this step is not finished. */
    public void onResume() {}

    /** One line about what the step does now, or null. */
    public String getStatus() {
        return null;
    }

    /** As {@link #getStatus}; the harness asks directly. */
    public final String getStatusBounded(long timeout, TimeUnit unit) {
        return getStatus();
    }

    /** True when a safe restart should wait for this step. */
    public boolean blocksRestart() {
        return false;
    }

    @Override
    public String toString() {
        String status = getStatus();
        return getClass().getName() + (status == null ? "" : "(" + status + ")");
    }

    /** Visits every running step of this type in every running build. */
    public static <T extends StepExecution> ListenableFuture<Void> acceptAll(Class<T> type, Consumer<T> consumer) {
        return acceptAll(e -> {
            if (type.isInstance(e)) {
                consumer.accept(type.cast(e));
            }
        });
    }

    /** Visits every running step of every running build. */
    public static ListenableFuture<Void> acceptAll(Consumer<StepExecution> consumer) {
        RunningPrograms.get().steps().forEach(consumer);
        return Futures.immediateFuture(null);
    }
}
