package io.jenkins.plugins.shera.harness.pipeline;

import java.io.Serializable;

/** The value of {@code NAME = credentials('id')} in an environment section. */
public final class DeclarativeCredentials implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;

    DeclarativeCredentials(String id) {
        this.id = id;
    }

    public String getId() {
        return id;
    }
}
