package io.jenkins.plugins.shera.monitoring.sources;

import io.jenkins.plugins.shera.monitoring.logs.LineFilter;
import io.jenkins.plugins.shera.monitoring.logs.Window;

/**
 * Which lines are wanted.
 *
 * @param window by the lines' own times, both ends included
 * @param tail only so many of the last lines of each container; negative for all
 * @param follow go on with lines as they are written
 * @param previous of the run before the last restart
 * @param filter only lines like this; counted before it where there is a {@code tail}
 * @param byClock whether the window is meant by our clock, so that a source which knows the node's may correct for it
 */
public record LogQuery(Window window, int tail, boolean follow, boolean previous, LineFilter filter, boolean byClock) {

    /** Of every line. */
    public LogQuery(Window window, int tail, boolean follow, boolean previous) {
        this(window, tail, follow, previous, LineFilter.ALL, false);
    }
}
