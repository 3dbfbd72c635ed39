package io.jenkins.plugins.shera.harness.pages;

import hudson.model.ParameterDefinition;
import java.util.List;

/** An {@code input} step that waits for an answer. */
public final class Question {
    private final String id;
    private final String message;
    private final String proceed;
    private final List<ParameterDefinition> parameters;

    Question(String id, String message, String proceed, List<ParameterDefinition> parameters) {
        this.id = id;
        this.message = message;
        this.proceed = proceed;
        this.parameters = parameters;
    }

    public String getId() {
        return id;
    }

    public String getMessage() {
        return message;
    }

    /** The words on the button that goes on. */
    public String getProceed() {
        return proceed;
    }

    public List<ParameterDefinition> getParameters() {
        return parameters;
    }
}
