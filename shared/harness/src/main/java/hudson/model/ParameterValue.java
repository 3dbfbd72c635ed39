package hudson.model;

import hudson.EnvVars;
import java.io.Serializable;
import java.util.Objects;
import jenkins.security.stapler.StaplerAccessibleType;

/** What a build was given for one parameter. */
@StaplerAccessibleType
public abstract class ParameterValue implements Serializable {
    private static final long serialVersionUID = 1L;
    protected final String name;
    private String description;

    protected ParameterValue(String name, String description) {
        this.name = name;
        this.description = description;
    }

    protected ParameterValue(String name) {
        this(name, null);
    }

    public final String getName() {
        return name;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    /** The value, or null for those that cannot be shown. */
    public Object getValue() {
        return null;
    }

    /** Whether the value must not be shown. */
    public boolean isSensitive() {
        return false;
    }

    /** Adds the value to the environment of the build. */
    public void buildEnvironment(Run<?, ?> build, EnvVars env) {}

    @Override
    public boolean equals(Object o) {
        return o != null && o.getClass() == getClass() && name.equals(((ParameterValue) o).name);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }
}
