package hudson.model.labels;

import hudson.model.Label;

/** A plain label. */
public class LabelAtom extends Label {
    public LabelAtom(String name) {
        super(name);
    }
}
