package io.jenkins.plugins.shera.terminal.session;

/** Where a session runs: the ids of tenant, application and environment, and the container. */
public record Target(
        String tenant, String application, String environment, String namespace, String pod, String container) {}
