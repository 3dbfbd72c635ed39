package io.jenkins.plugins.shera.monitoring.sources;

/** Whose output. */
public record ContainerLog(String namespace, String pod, String container) {}
