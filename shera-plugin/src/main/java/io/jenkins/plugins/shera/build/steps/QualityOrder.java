package io.jenkins.plugins.shera.build.steps;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** What is to be analysed and what follows from it, checked; saved with the build, so it holds ids and texts only. */
final class QualityOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    final String tenant;
    final String actor;
    final String server;
    final String projectKey;
    /** Name of the gate the project has to have; null for any. */
    final String gate;

    final MavenOrder maven;
    final TreeMap<String, String> properties;
    final OnFailure onGateFailure;
    final OnFailure onUnavailable;
    final int waitSeconds;

    /** {@code maven} is not used for a project without a pom. */
    QualityOrder(
            String tenant,
            String actor,
            String server,
            String projectKey,
            String gate,
            MavenOrder maven,
            Map<String, String> properties,
            OnFailure onGateFailure,
            OnFailure onUnavailable,
            int waitSeconds) {
        this.tenant = tenant;
        this.actor = actor;
        this.server = server;
        this.projectKey = projectKey;
        this.gate = gate;
        this.maven = maven;
        this.properties = new TreeMap<>(properties);
        this.onGateFailure = onGateFailure;
        this.onUnavailable = onUnavailable;
        this.waitSeconds = waitSeconds;
    }
}
