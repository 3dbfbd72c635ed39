package io.jenkins.plugins.shera.kube.api;

import java.time.Instant;

/**
 * Which lines of a container's output are wanted.
 *
 * @param since only lines of this second and later; null for all
 * @param tail only so many of the last lines; negative for all
 * @param follow go on with lines as they are written
 * @param previous of the run before the last restart
 */
public record LogOptions(Instant since, int tail, boolean follow, boolean previous) {}
