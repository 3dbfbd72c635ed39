package io.jenkins.plugins.shera.monitoring.sources;

/**
 * One line of a container's output.
 *
 * @param stamp nanoseconds since 1970, by the clock of the node
 * @param text without the line feed; longer ones are cut at 1 MiB
 * @param omitted how many bytes of a longer line were left out of {@code text}; 0 for a whole line
 */
public record LogLine(long stamp, ContainerLog log, String text, long omitted) {

    /** A whole line. */
    public LogLine(long stamp, ContainerLog log, String text) {
        this(stamp, log, text, 0);
    }
}
