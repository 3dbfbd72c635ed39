package io.jenkins.plugins.shera.monitoring.sources;

/** What a reader should know of how a container's lines were found. */
public record SourceNote(Kind kind, ContainerLog log) {

    /** What there is to know. */
    public enum Kind {
        /** Whether lines are missing cannot be known: a clock that was set back may hide some. */
        ORDER_NOT_VERIFIED,
        /** The agent ended the answer before the end of the range. */
        CUT_BY_AGENT
    }
}
