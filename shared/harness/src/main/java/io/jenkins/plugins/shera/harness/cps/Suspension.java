package io.jenkins.plugins.shera.harness.cps;

/**
 * What a script hands out when it suspends its thread. {@link #begin} runs on the program's lane right after; it starts
 * the work and returns. Whoever finishes the work calls {@link ProgramThread#resume} on the lane.
 */
public interface Suspension {
    /** Starts what the script waits for; an exception becomes the result of the call in the script. */
    void begin(ProgramThread thread) throws Exception;
}
