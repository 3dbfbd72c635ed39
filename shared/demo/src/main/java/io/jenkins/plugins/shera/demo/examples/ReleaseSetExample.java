package io.jenkins.plugins.shera.demo.examples;

/** Two applications released together. */
final class ReleaseSetExample extends RolloutExample {
    ReleaseSetExample() {
        super("stock", "orders");
    }
}
