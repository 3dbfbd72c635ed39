package io.jenkins.plugins.shera.harness.pipeline;

import java.io.Serializable;

/** One line of a declarative section: a name and what follows it. */
public final class DeclarativeEntry implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient Object[] all;
    private final Object argument;

    DeclarativeEntry(String name, Object[] all) {
        this.name = name;
        this.all = all.clone();
        this.argument = all.length == 0 ? null : all[all.length - 1];
    }

    DeclarativeEntry(String name, Object value) {
        this(name, new Object[] {value});
    }

    public String getName() {
        return name;
    }

    /** The last argument, or null. */
    public Object getArgument() {
        return argument;
    }

    /** As {@link #getArgument}, for assignments. */
    public Object getValue() {
        return argument;
    }

    Object[] all() {
        return all.clone();
    }
}
