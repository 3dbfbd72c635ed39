package io.jenkins.plugins.shera.harness.pipeline;

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** An exception as far as it is kept with a build: what it was, what it said, and how bad it is. */
public final class RecordedProblem {
    private final String type;
    private final String message;
    private final String result;

    private RecordedProblem(String type, String message, String result) {
        this.type = type;
        this.message = message;
        this.result = result;
    }

    /** Records an exception. */
    public static RecordedProblem of(Throwable problem) {
        String result = problem instanceof FlowInterruptedException stop
                ? stop.getResult().toString()
                : "FAILURE";
        return new RecordedProblem(problem.getClass().getName(), problem.getMessage(), result);
    }

    /** What it said, or its type when it said nothing. */
    public String message() {
        return message == null ? type : message;
    }

    /** The result it gives the block: FAILURE, ABORTED, UNSTABLE, NOT_BUILT. */
    public String result() {
        return result;
    }

    /** An exception that says the same. */
    public Throwable asThrowable() {
        return new Replayed(message());
    }

    private static final class Replayed extends Exception {
        private static final long serialVersionUID = 1L;

        Replayed(String message) {
            super(message, null, false, false);
        }
    }
}
