package io.jenkins.plugins.shera.harness.pipeline;

import hudson.model.InvisibleAction;
import org.jenkinsci.plugins.workflow.actions.PersistentAction;

/** The only argument of a step, when it is a short text. */
public final class ArgumentText extends InvisibleAction implements PersistentAction {
    private final String text;

    ArgumentText(String text) {
        this.text = text;
    }

    /** The argument as it was given. */
    public String text() {
        return text;
    }
}
