package io.jenkins.plugins.shera.demo.examples;

/** An application with what it needs, a change of it, and the way back. */
final class DeployExample extends RolloutExample {
    DeployExample() {
        super("stall");
    }
}
