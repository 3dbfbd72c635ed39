package io.jenkins.plugins.shera.monitoring.sources;

/**
 * One line of a container's output.
 *
 * @param stamp nanoseconds since 1970, by the clock of the node
 * @param text without the line feed; longer ones are cut at 1 MiB
 */
public record LogLine(long stamp, ContainerLog log, String text) {}
