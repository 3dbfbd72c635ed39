package io.jenkins.plugins.shera.demo.examples;

/** Docker Pipeline is a library in Groovy over steps of its own. */
final class WithDockerPipelineExample implements Example {
    @Override
    public String neighbour() {
        return "docker-workflow";
    }
}
