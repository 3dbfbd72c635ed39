package io.jenkins.plugins.shera.harness.steps;

import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousStepExecution;

/** The work of a step that is one call. */
interface Work extends Serializable {
    /** Does the work; what it returns is the value of the step. */
    Object run(StepContext context) throws Exception;

    /** Does it at once, which is for work that takes no time. */
    static StepExecution now(StepContext context, Work work) {
        return new Now(context, work);
    }

    /** Does it on a thread of its own. */
    static StepExecution aside(StepContext context, Work work) {
        return new Aside(context, work);
    }

    /** See {@link #now}. */
    final class Now extends SynchronousStepExecution<Object> {
        private static final long serialVersionUID = 1L;

        private final transient Work work;

        Now(StepContext context, Work work) {
            super(context);
            this.work = work;
        }

        @Override
        protected Object run() throws Exception {
            return work.run(getContext());
        }
    }

    /** See {@link #aside}. */
    final class Aside extends SynchronousNonBlockingStepExecution<Object> {
        private static final long serialVersionUID = 1L;

        private final transient Work work;

        Aside(StepContext context, Work work) {
            super(context);
            this.work = work;
        }

        @Override
        protected Object run() throws Exception {
            return work.run(getContext());
        }
    }
}
