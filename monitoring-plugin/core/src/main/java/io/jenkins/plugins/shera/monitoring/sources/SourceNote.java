package io.jenkins.plugins.shera.monitoring.sources;

/** What a reader should know of how a container's lines were found. */
public record SourceNote(Kind kind, ContainerLog log) {

    /** What there is to know. */
    public enum Kind {
        /** The agent has not read the whole file yet: a clock that was set back may hide lines. */
        ORDER_NOT_VERIFIED,
        /** The agent ended the answer before the end of the range. */
        CUT_BY_AGENT
    }
}
