package io.jenkins.plugins.shera.demo.examples;

/** An agent in a pod; the harness has no agents. */
final class WithKubernetesAgentsExample implements Example {
    @Override
    public String neighbour() {
        return "kubernetes";
    }
}
