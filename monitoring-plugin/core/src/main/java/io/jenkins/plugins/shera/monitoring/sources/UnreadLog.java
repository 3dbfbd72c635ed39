package io.jenkins.plugins.shera.monitoring.sources;

import java.io.IOException;

/**
 * A container whose output is missing, in whole or from some line on, in what was read of several.
 *
 * @param begun true when lines of it were given before it broke off
 */
public record UnreadLog(ContainerLog log, boolean begun, IOException why) {}
