package io.jenkins.plugins.shera.demo.examples;

/** A canary that a Job inside the cluster measures. */
final class CanaryWithAnalysisExample extends RolloutExample {
    CanaryWithAnalysisExample() {
        super("checkout");
    }
}
