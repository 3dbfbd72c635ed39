package hudson.model;

import hudson.EnvVars;
import hudson.Util;
import java.util.Locale;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;

/** A line of text. */
public class StringParameterValue extends ParameterValue {
    private static final long serialVersionUID = 1L;

    /** The text. */
    public String value;

    @DataBoundConstructor
    public StringParameterValue(String name, String value) {
        this(name, value, null);
    }

    public StringParameterValue(String name, String value, String description) {
        super(name, description);
        this.value = Util.fixNull(value);
    }

    @Override
    public String getValue() {
        return value;
    }

    @Override
    public void buildEnvironment(Run<?, ?> build, EnvVars env) {
        env.put(name, value);
        env.put(name.toUpperCase(Locale.ENGLISH), value);
    }

    @Override
    public boolean equals(Object o) {
        return super.equals(o) && value.equals(((StringParameterValue) o).value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, value);
    }

    @Override
    public String toString() {
        return "(StringParameterValue) " + getName() + "='" + value + "'";
    }
}
