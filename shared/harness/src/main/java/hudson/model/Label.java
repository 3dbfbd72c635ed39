package hudson.model;

import hudson.Util;

/** Names a set of nodes; the harness has one node, which every plain name fits. */
public abstract class Label extends Actionable {
    /** The expression. */
    protected final transient String name;

    protected Label(String name) {
        this.name = name;
    }

    public final String getName() {
        return name;
    }

    public final String getExpression() {
        return name;
    }

    @Override
    public final String getDisplayName() {
        return name;
    }

    /** The label that an expression stands for, null for none. */
    public static Label get(String s) {
        String text = Util.fixEmptyAndTrim(s);
        return text == null ? null : new hudson.model.labels.LabelAtom(text);
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public final boolean equals(Object that) {
        return that instanceof Label && name.equals(((Label) that).name);
    }

    @Override
    public final int hashCode() {
        return name.hashCode();
    }

    @Override
    public String getSearchName() {
        return name;
    }

    @Override
    public String getSearchUrl() {
        return "label/" + name + '/';
    }
}
