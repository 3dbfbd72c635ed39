package io.jenkins.plugins.shera.build.source;

import java.io.Serializable;
import java.time.Instant;

/** What a workspace stands at. */
public final class Revision implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String commit;
    private final long committedAt;
    private final boolean clean;

    /**
     * Takes the facts.
     *
     * @param commit the full id; empty when the workspace is under no version control
     * @param committedAt seconds since 1970; 0 when there is no commit
     * @param clean whether no tracked file differs from the commit
     */
    public Revision(String commit, long committedAt, boolean clean) {
        this.commit = commit;
        this.committedAt = committedAt;
        this.clean = clean;
    }

    /** The full commit id, or empty. */
    public String commit() {
        return commit;
    }

    /** When it was committed; 1970 without a commit, so that what is built does not depend on the hour. */
    public Instant committedAt() {
        return Instant.ofEpochSecond(committedAt);
    }

    /** Whether no tracked file differs from the commit. */
    public boolean isClean() {
        return clean;
    }
}
