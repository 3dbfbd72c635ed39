package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Collection;

/** Prepares one call of a step's body. */
public abstract class BodyInvoker {
    /** Puts an object around the body, to be found by its type. */
    public abstract BodyInvoker withContext(Object override);

    public BodyInvoker withContexts(Object... overrides) {
        for (Object override : overrides) {
            withContext(override);
        }
        return this;
    }

    public BodyInvoker withContexts(Collection<?> overrides) {
        return withContexts(overrides.toArray());
    }

    /** Names the body on pages. */
    public abstract BodyInvoker withDisplayName(String name);

    /** Is told how the body ends. */
    public abstract BodyInvoker withCallback(BodyExecutionCallback callback);

    /** As {@link #withCallback(BodyExecutionCallback)}. */
    public final BodyInvoker withCallback(FutureCallback<Object> callback) {
        return withCallback(BodyExecutionCallback.wrap(callback));
    }

    /** Calls the body; returns at once. */
    public abstract BodyExecution start();

    /** Both filters, the original applied after the subsequent one. */
    public static ConsoleLogFilter mergeConsoleLogFilters(ConsoleLogFilter original, ConsoleLogFilter subsequent) {
        return original == null ? subsequent : new Both(original, subsequent);
    }

    private static final class Both extends ConsoleLogFilter implements Serializable {
        private static final long serialVersionUID = 1L;

        private final ConsoleLogFilter original;
        private final ConsoleLogFilter subsequent;

        Both(ConsoleLogFilter original, ConsoleLogFilter subsequent) {
            this.original = original;
            this.subsequent = subsequent;
        }

        @Override
        public OutputStream decorateLogger(Run build, OutputStream logger) throws IOException, InterruptedException {
            return subsequent.decorateLogger(build, original.decorateLogger(build, logger));
        }
    }
}
