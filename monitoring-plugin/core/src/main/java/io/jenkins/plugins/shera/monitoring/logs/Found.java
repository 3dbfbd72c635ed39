package io.jenkins.plugins.shera.monitoring.logs;

/**
 * What a search gave.
 *
 * @param records how many were given to the sink
 * @param unreadable lines that were no record of the format, torn ones among them
 * @param orderVerified true when no record of the window can be missing; false when files were bisected without an index, so that
 *     a clock set back by more than 5 s may hide some
 * @param complete false when the sink had enough before the end
 */
public record Found(long records, long unreadable, boolean orderVerified, boolean complete) {}
