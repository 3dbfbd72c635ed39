package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Result;

/** A node that is over without an error but not as good as it should be. */
public class WarningAction implements PersistentAction {
    private final Result result;
    private String message;

    public WarningAction(Result result) {
        this.result = result;
    }

    public WarningAction withMessage(String message) {
        this.message = message;
        return this;
    }

    public Result getResult() {
        return result;
    }

    public String getMessage() {
        return message;
    }

    @Override
    public String getDisplayName() {
        return "Warning";
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
