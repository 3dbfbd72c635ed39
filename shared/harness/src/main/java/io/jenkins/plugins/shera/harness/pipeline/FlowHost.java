package io.jenkins.plugins.shera.harness.pipeline;

/** A build that is told when its flow is over. */
public interface FlowHost {
    /** The script has ended, with this problem or with null. */
    void flowEnded(Throwable problem);
}
