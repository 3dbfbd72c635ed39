package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import java.io.Serializable;

/** Is told how a body goes; saved with the program. */
public abstract class BodyExecutionCallback implements Serializable {
    private static final long serialVersionUID = 1L;

    public void onStart(StepContext context) {}

    public abstract void onSuccess(StepContext context, Object result);

    public abstract void onFailure(StepContext context, Throwable t);

    /** Hands on how the body ends. */
    public static BodyExecutionCallback wrap(FutureCallback<Object> v) {
        return new Wrapped(v);
    }

    private static final class Wrapped extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final FutureCallback<Object> target;

        Wrapped(FutureCallback<Object> target) {
            if (!(target instanceof Serializable)) {
                throw new IllegalArgumentException(target + " cannot be saved with the program");
            }
            this.target = target;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            target.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            target.onFailure(t);
        }
    }

    /** Ends the step with what its body ended with. */
    public abstract static class TailCall extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        /** What is left to do after the body, however it ended. */
        protected abstract void finished(StepContext context) throws Exception;

        @Override
        public final void onSuccess(StepContext context, Object result) {
            try {
                finished(context);
            } catch (Exception e) {
                context.onFailure(e);
                return;
            }
            context.onSuccess(result);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            try {
                finished(context);
            } catch (Exception e) {
                t.addSuppressed(e);
            }
            context.onFailure(t);
        }
    }
}
