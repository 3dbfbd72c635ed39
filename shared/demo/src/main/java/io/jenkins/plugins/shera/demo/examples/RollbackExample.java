package io.jenkins.plugins.shera.demo.examples;

/** A release and the way back. */
final class RollbackExample extends RolloutExample {
    RollbackExample() {
        super("cart");
    }
}
