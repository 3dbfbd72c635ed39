package io.jenkins.plugins.shera.demo.examples;

/** No pods in the evening, as many as before in the morning. */
final class SleepAndWakeExample extends RolloutExample {
    SleepAndWakeExample() {
        super("desk");
    }
}
