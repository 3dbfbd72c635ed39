package org.jenkinsci.plugins.workflow.steps;

import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A step with a body, whose own work before and after the body runs on a thread of its own. */
public abstract class GeneralNonBlockingStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private transient volatile Future<?> task;
    private String threadName;
    private transient volatile Throwable stopCause;

    protected GeneralNonBlockingStepExecution(StepContext context) {
        super(context);
    }

    /** Work that may take its time. */
    @FunctionalInterface
    protected interface Block {
        /** Does it; hands in the result of the step or starts the body. */
        void run() throws Exception;
    }

    /** Does the work elsewhere and returns at once. */
    protected final void run(Block block) {
        if (stopCause != null) {
            return;
        }
        Authentication user = Jenkins.getAuthentication2();
        task = SynchronousNonBlockingStepExecution.pool().submit(() -> work(block, user));
    }

    private void work(Block block, Authentication user) {
        threadName = Thread.currentThread().getName();
        try (ACLContext ignored = ACL.as2(user)) {
            block.run();
        } catch (Throwable e) { // whatever went wrong is the result of the step
            Throwable cause = stopCause;
            if (cause == null) {
                getContext().onFailure(e);
            } else {
                cause.addSuppressed(e);
            }
        } finally {
            threadName = null;
            task = null;
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        stopCause = cause;
        Future<?> running = task;
        if (running != null) {
            running.cancel(true);
        }
        super.stop(cause);
    }

    @Override
    public void onResume() {
        if (threadName != null) {
            StepContext context = getContext();
            context.onFailure(new SynchronousResumeNotSupportedException(context));
        }
    }

    @Override
    public boolean blocksRestart() {
        return threadName != null;
    }

    @Override
    public String getStatus() {
        return threadName == null ? "not currently scheduled, or running blocks" : "running in thread: " + threadName;
    }

    /** Ends the step with what its body ended with, after some work elsewhere. */
    protected abstract class TailCall extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        /** The work after the body, however it ended. */
        protected abstract void finished(StepContext context) throws Exception;

        @Override
        public final void onSuccess(StepContext context, Object result) {
            run(() -> {
                finished(context);
                context.onSuccess(result);
            });
        }

        @Override
        public final void onFailure(StepContext context, Throwable t) {
            run(() -> {
                try {
                    finished(context);
                } catch (Exception e) {
                    t.addSuppressed(e);
                }
                context.onFailure(t);
            });
        }
    }
}
