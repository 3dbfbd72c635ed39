package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Action;
import hudson.model.Actionable;

/** {@code .../<urlName>} of an action. */
public final class ActionPages {
    private final Actionable owner;

    ActionPages(Actionable owner) {
        this.owner = owner;
    }

    /** The action of that name; null if there is none. */
    public Object getDynamic(String token) {
        for (Action action : owner.getAllActions()) {
            if (action != null && token.equals(action.getUrlName())) {
                return action;
            }
        }
        return null;
    }
}
