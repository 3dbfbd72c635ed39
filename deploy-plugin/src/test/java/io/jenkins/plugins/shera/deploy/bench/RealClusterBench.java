package io.jenkins.plugins.shera.deploy.bench;

import io.jenkins.plugins.shera.bench.Bench;

final class RealClusterBench {
    private RealClusterBench() {}

    static void run(Bench bench) {}
}
