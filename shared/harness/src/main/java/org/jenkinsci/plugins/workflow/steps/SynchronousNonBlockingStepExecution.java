package org.jenkinsci.plugins.workflow.steps;

import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A step that does its work on a thread of its own and does not survive a restart. */
public abstract class SynchronousNonBlockingStepExecution<T> extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ExecutorService POOL = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "step work " + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private transient volatile Future<?> task;
    private transient volatile String threadName;
    private transient volatile Throwable stopCause;

    protected SynchronousNonBlockingStepExecution(StepContext context) {
        super(context);
    }

    /** Does the work; interrupted when the step is stopped. */
    protected abstract T run() throws Exception;

    @Override
    public final boolean start() throws Exception {
        Authentication user = Jenkins.getAuthentication2();
        task = POOL.submit(() -> work(user));
        return false;
    }

    private void work(Authentication user) {
        threadName = Thread.currentThread().getName();
        try {
            T value;
            try (ACLContext ignored = ACL.as2(user)) {
                value = run();
            }
            getContext().onSuccess(value);
        } catch (Throwable e) { // whatever went wrong is the result of the step
            Throwable cause = stopCause;
            if (cause == null) {
                getContext().onFailure(e);
            } else {
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        Future<?> running = task;
        if (running != null) {
            stopCause = cause;
            running.cancel(true);
        }
        super.stop(cause);
    }

    @Override
    public void onResume() {
        StepContext context = getContext();
        context.onFailure(new SynchronousResumeNotSupportedException(context));
    }

    @Override
    public String getStatus() {
        return threadName == null ? "not yet scheduled" : "running in thread: " + threadName;
    }

    @Override
    public boolean blocksRestart() {
        return threadName != null;
    }

    static ExecutorService pool() {
        return POOL;
    }
}
