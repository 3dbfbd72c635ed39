package io.jenkins.plugins.shera.monitoring.desk.logs;

import io.jenkins.plugins.shera.monitoring.logs.LineFilter;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.util.List;
import java.util.Set;

/**
 * Which lines of an application somebody wants; checked.
 *
 * @param pod name of one, empty for all
 * @param containers names, empty for all
 * @param tail at most so many of the newest lines, where only these are given
 * @param previous of the run before the last restart
 * @param skip so many containers are passed over
 */
public record LogWanted(
        String environment,
        String pod,
        Set<String> containers,
        LogTimes.Range range,
        int tail,
        boolean previous,
        int skip,
        LineFilter filter) {

    /** Most lines that are given as such and not as text. */
    public static final int MOST_LINES = 5_000;

    /** Keeps its own copy. */
    public LogWanted {
        containers = Set.copyOf(containers);
    }

    /** All containers of an environment, the newest lines of a range. */
    public static LogWanted of(String environment, LogTimes.Range range) {
        return new LogWanted(environment, "", Set.of(), range, MOST_LINES, false, 0, LineFilter.ALL);
    }

    /** Only this pod and these containers; empty for all. */
    public LogWanted in(String onlyPod, List<String> onlyContainers) {
        return new LogWanted(environment, onlyPod, Set.copyOf(onlyContainers), range, tail, previous, skip, filter);
    }

    /** The run before the last restart or the one of now. */
    public LogWanted ofRunBefore(boolean before) {
        return new LogWanted(environment, pod, containers, range, tail, before, skip, filter);
    }

    /** Other bounds, as texts; empty ones keep what is. */
    public LogWanted bounded(String newest, String passedOver) {
        if (!newest.isEmpty()
                && (!newest.matches("[0-9]{1,4}")
                        || Integer.parseInt(newest) > MOST_LINES
                        || Integer.parseInt(newest) < 1)) {
            throw LogReading.refused("tail", Messages.LogReading_tail(MOST_LINES), Messages.LogReading_tail_next());
        }
        if (!passedOver.isEmpty() && !passedOver.matches("[0-9]{1,6}")) {
            throw LogReading.refused("skip", Messages.LogReading_skip(), Messages.LogReading_skip_next());
        }
        return new LogWanted(
                environment,
                pod,
                containers,
                range,
                newest.isEmpty() ? tail : Integer.parseInt(newest),
                previous,
                passedOver.isEmpty() ? skip : Integer.parseInt(passedOver),
                filter);
    }

    /**
     * Only lines that hold a text, or in which an RE2 expression is found; an empty one wants all.
     *
     * @throws Refusal when it is no expression
     */
    public LogWanted like(String text, boolean expression) {
        try {
            return new LogWanted(
                    environment, pod, containers, range, tail, previous, skip, LineFilter.of(text, expression));
        } catch (IllegalArgumentException e) {
            throw LogReading.refused(
                    "grep", Messages.LogReading_grep(String.valueOf(e.getMessage())), Messages.LogReading_grep_next());
        }
    }
}
