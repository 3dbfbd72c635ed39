package io.jenkins.plugins.shera.monitoring.sources;

import java.io.IOException;

/** Why a log agent gave no lines. */
public final class AgentException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What sort of reason it is. */
    public enum Kind {
        /** No agent is set up for the cluster, or the pod's node has no address. */
        NO_AGENT,
        /** The login has no token of its own, which is all that an agent can have reviewed. */
        NO_TOKEN,
        /** It cannot be reached, or it cannot be trusted. */
        DOWN,
        /** It is older than what is asked of it. */
        TOO_OLD,
        /** It, or the API server that it asked, refuses the token. */
        REFUSED,
        /** It has too many readers. */
        BUSY,
        /** Its node has no such log. */
        NO_LOG,
        /** It answered something else. */
        FAILED
    }

    private final Kind kind;

    AgentException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    AgentException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What sort of reason it is. */
    public Kind kind() {
        return kind;
    }
}
