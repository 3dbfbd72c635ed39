package org.jenkinsci.plugins.workflow.steps;

import java.io.IOException;

/** Tells that a step was running when the server went down and cannot be taken up again. */
public class SynchronousResumeNotSupportedException extends Exception {
    private static final long serialVersionUID = 1L;

    public SynchronousResumeNotSupportedException(StepContext context) {
        super("The Pipeline step `" + nameOf(context) + "` cannot be resumed after a controller restart.");
    }

    private static String nameOf(StepContext context) {
        try {
            StepDescriptor descriptor = context.get(StepDescriptor.class);
            return descriptor == null ? "?" : descriptor.getFunctionName();
        } catch (IOException | InterruptedException e) {
            return "?";
        }
    }
}
