package org.jenkinsci.plugins.matrixauth;

/** Whom an entry of the matrix names. */
public enum AuthorizationType {
    USER,
    GROUP,
    EITHER;

    public String toPrefix() {
        return this == EITHER ? "" : name() + ":";
    }
}
