package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import java.io.IOException;
import java.io.Serializable;

/** What surrounds one running step, and where it hands in its result. */
public abstract class StepContext implements FutureCallback<Object>, Serializable {
    private static final long serialVersionUID = 1L;

    /** The value of this type around the step (Run, TaskListener, FilePath, EnvVars, Launcher, ...), or null. */
    public abstract <T> T get(Class<T> key) throws IOException, InterruptedException;

    @Override
    public abstract void onSuccess(Object result);

    /** True when a result can be handed in now. */
    public abstract boolean isReady();

    /** Saves the program soon. */
    public abstract ListenableFuture<Void> saveState();

    /** Makes the result of the build at least as bad as this one. */
    public abstract void setResult(Result r);

    /** Calls the body of the step. */
    public abstract BodyInvoker newBodyInvoker() throws IllegalStateException;

    /** True when the step was called with a body. */
    public boolean hasBody() throws IOException, InterruptedException {
        return false;
    }

    @Override
    public abstract boolean equals(Object o);

    @Override
    public abstract int hashCode();
}
