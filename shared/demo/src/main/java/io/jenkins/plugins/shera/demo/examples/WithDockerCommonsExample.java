package io.jenkins.plugins.shera.demo.examples;

/** The step {@code withDockerRegistry} of Docker Commons comes with Docker Pipeline. */
final class WithDockerCommonsExample implements Example {
    @Override
    public String neighbour() {
        return "docker-workflow";
    }
}
