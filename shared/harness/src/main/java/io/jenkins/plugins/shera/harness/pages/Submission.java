package io.jenkins.plugins.shera.harness.pages;

import hudson.model.BooleanParameterDefinition;
import hudson.model.BooleanParameterValue;
import hudson.model.Failure;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterValue;
import hudson.model.SimpleParameterDefinition;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/** Reads the values of parameters out of a request; what is not sent takes its default. */
final class Submission {
    private static final int MAX_LENGTH = 1_000_000;

    private Submission() {}

    static List<ParameterValue> of(StaplerRequest2 request, ParametersDefinitionProperty asked) {
        return of(request, asked.getParameterDefinitions());
    }

    static List<ParameterValue> of(StaplerRequest2 request, List<ParameterDefinition> asked) {
        List<ParameterValue> values = new ArrayList<>();
        for (ParameterDefinition definition : asked) {
            String sent = request.getParameter(definition.getName());
            if (sent != null && sent.length() > MAX_LENGTH) {
                throw HttpResponses.error(413, "Parameter " + definition.getName() + " is longer than " + MAX_LENGTH);
            }
            ParameterValue value = sent == null ? definition.getDefaultParameterValue() : value(definition, sent);
            if (value == null || !definition.isValid(value)) {
                throw HttpResponses.error(400, "Parameter " + definition.getName() + " takes no such value");
            }
            values.add(value);
        }
        return values;
    }

    private static ParameterValue value(ParameterDefinition definition, String sent) {
        if (definition instanceof BooleanParameterDefinition) {
            return new BooleanParameterValue(
                    definition.getName(), sent.equals("true") || sent.equals("on"), definition.getDescription());
        }
        if (definition instanceof SimpleParameterDefinition simple) {
            try {
                return simple.createValue(sent);
            } catch (IllegalArgumentException | Failure e) {
                throw HttpResponses.error(400, "Parameter " + definition.getName() + ": " + e.getMessage());
            }
        }
        return new PasswordParameterValue(definition.getName(), sent);
    }
}
