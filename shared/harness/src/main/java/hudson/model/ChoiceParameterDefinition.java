package hudson.model;

import hudson.Extension;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Asks for one of several texts. */
public class ChoiceParameterDefinition extends SimpleParameterDefinition {
    private static final long serialVersionUID = 1L;
    private List<String> choices = new ArrayList<>();

    @DataBoundConstructor
    public ChoiceParameterDefinition(String name) {
        super(name);
    }

    public ChoiceParameterDefinition(String name, String[] choices, String description) {
        super(name, description);
        this.choices = new ArrayList<>(List.of(choices));
    }

    public List<String> getChoices() {
        return choices;
    }

    /** A list, or lines of text. */
    @DataBoundSetter
    public void setChoices(Object choices) {
        this.choices = choices instanceof List
                ? new ArrayList<>(
                        ((List<?>) choices).stream().map(Object::toString).toList())
                : new ArrayList<>(choices.toString().lines().map(String::trim).toList());
    }

    @Override
    public StringParameterValue getDefaultParameterValue() {
        return choices.isEmpty() ? null : new StringParameterValue(getName(), choices.get(0), getDescription());
    }

    @Override
    public boolean isValid(ParameterValue value) {
        return choices.contains(((StringParameterValue) value).getValue());
    }

    @Override
    public ParameterValue createValue(String value) {
        StringParameterValue chosen = new StringParameterValue(getName(), value, getDescription());
        if (!isValid(chosen)) {
            throw new IllegalArgumentException("Illegal choice for parameter " + getName() + ": " + value);
        }
        return chosen;
    }

    /** Its descriptor. */
    @Extension
    @Symbol({"choice", "choiceParam"})
    public static class DescriptorImpl extends ParameterDescriptor {
        @Override
        public String getDisplayName() {
            return "Choice Parameter";
        }
    }
}
