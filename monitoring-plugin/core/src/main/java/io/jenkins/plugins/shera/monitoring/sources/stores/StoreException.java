package io.jenkins.plugins.shera.monitoring.sources.stores;

import java.io.IOException;

/** A store of logs or measurements that gave nothing, or not all; its words are for those who run the platform. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What went wrong, in one word. */
    public enum Kind {
        /** It does not answer, or not in time. */
        STORE_DOWN,
        /** It does not let us in. */
        STORE_LOGIN,
        /** It does not take the query. */
        STORE_REFUSED,
        /** It answered with something else than was asked for, or with only a part of them. */
        STORE_FAILED
    }

    /** Says who it was and what happened. */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
