package hudson.model;

import hudson.Extension;
import hudson.Util;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Asks for a line of text. */
public class StringParameterDefinition extends SimpleParameterDefinition {
    private static final long serialVersionUID = 1L;
    private String defaultValue;
    private boolean trim;

    @DataBoundConstructor
    public StringParameterDefinition(String name) {
        super(name);
    }

    public StringParameterDefinition(String name, String defaultValue, String description, boolean trim) {
        super(name, description);
        this.defaultValue = defaultValue;
        this.trim = trim;
    }

    public StringParameterDefinition(String name, String defaultValue, String description) {
        this(name, defaultValue, description, false);
    }

    public StringParameterDefinition(String name, String defaultValue) {
        this(name, defaultValue, null);
    }

    public String getDefaultValue() {
        return trim ? Util.fixNull(defaultValue).trim() : defaultValue;
    }

    @DataBoundSetter
    public void setDefaultValue(String defaultValue) {
        this.defaultValue = Util.fixEmpty(defaultValue);
    }

    public boolean isTrim() {
        return trim;
    }

    @DataBoundSetter
    public void setTrim(boolean trim) {
        this.trim = trim;
    }

    @Override
    public StringParameterValue getDefaultParameterValue() {
        return new StringParameterValue(getName(), Util.fixNull(getDefaultValue()), getDescription());
    }

    @Override
    public ParameterValue createValue(String value) {
        return new StringParameterValue(getName(), trim ? value.trim() : value, getDescription());
    }

    /** Its descriptor. */
    @Extension
    @Symbol({"string", "stringParam"})
    public static class DescriptorImpl extends ParameterDescriptor {
        @Override
        public String getDisplayName() {
            return "String Parameter";
        }
    }
}
