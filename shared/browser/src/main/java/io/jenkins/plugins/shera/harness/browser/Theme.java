package io.jenkins.plugins.shera.harness.browser;

/** What the reader's system prefers. */
public enum Theme {
    LIGHT,
    DARK
}
