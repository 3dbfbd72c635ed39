package io.jenkins.plugins.shera.monitoring.sources;

import io.jenkins.plugins.shera.monitoring.logs.Window;

/**
 * Which lines are wanted.
 *
 * @param window by the lines' own times, both ends included
 * @param tail only so many of the last lines of each container; negative for all
 * @param follow go on with lines as they are written
 * @param previous of the run before the last restart
 */
public record LogQuery(Window window, int tail, boolean follow, boolean previous) {}
