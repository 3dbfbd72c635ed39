package io.jenkins.plugins.shera.nginx.trial;

/** What a {@link Cage} keeps a program from. */
public enum Protection {
    /** It reaches no network. */
    NETWORK,
    /** It runs as the user nobody, and so cannot read what root can. */
    USER,
    /** It cannot get privileges that it does not have. */
    PRIVILEGES,
    /** It gets a limited share of memory, processor, files and file sizes. */
    MEMORY,
    /** It is ended after ten seconds. */
    TIME
}
