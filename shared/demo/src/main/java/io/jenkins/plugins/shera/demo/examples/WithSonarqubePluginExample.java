package io.jenkins.plugins.shera.demo.examples;

/** The block {@code withSonarQubeEnv} comes with SonarQube Scanner. */
final class WithSonarqubePluginExample implements Example {
    @Override
    public String neighbour() {
        return "sonar";
    }
}
