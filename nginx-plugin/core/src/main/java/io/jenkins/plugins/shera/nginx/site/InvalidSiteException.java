package io.jenkins.plugins.shera.nginx.site;

/** A set of files cannot be pushed as it is; the message names file, line, what is wrong and what to do. */
public final class InvalidSiteException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String subject;

    /** What is wrong, for those who say it in their own words. */
    public enum Kind {
        /** No list may have the directive. */
        DIRECTIVE,
        /** The tenant's list does not have the directive. */
        NOT_LISTED,
        /** A log. */
        LOG,
        /** A socket of the node. */
        SOCKET,
        /** A variable of ours. */
        TAKEN_NAME,
        /** A file of the node. */
        NODE_FILE,
        /** Something that only the message tells. */
        OTHER
    }

    InvalidSiteException(String message) {
        this(message, Kind.OTHER, "");
    }

    InvalidSiteException(String message, Kind kind, String subject) {
        super(message);
        this.kind = kind;
        this.subject = subject;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** The directive it speaks of; empty where it speaks of none. */
    public String subject() {
        return subject;
    }
}
