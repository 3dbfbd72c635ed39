package hudson.model;

import hudson.DescriptorExtensionList;
import hudson.ExtensionPoint;
import hudson.Util;
import java.io.Serializable;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundSetter;

/** Asks for a value before a build. */
public abstract class ParameterDefinition implements Describable<ParameterDefinition>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;
    private final String name;
    private String description;

    protected ParameterDefinition(String name) {
        this(name, null);
    }

    protected ParameterDefinition(String name, String description) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("Parameter name cannot be empty");
        }
        this.name = name;
        this.description = description;
    }

    public String getName() {
        return name;
    }

    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmpty(description);
    }

    public String getType() {
        return getClass().getSimpleName();
    }

    @Override
    public ParameterDescriptor getDescriptor() {
        return (ParameterDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }

    /** The value taken when nothing is said, or null. */
    public ParameterValue getDefaultParameterValue() {
        return null;
    }

    /** Whether the value may be given. */
    public boolean isValid(ParameterValue value) {
        return true;
    }

    /** Descriptor of a parameter. */
    public abstract static class ParameterDescriptor extends Descriptor<ParameterDefinition> {
        protected ParameterDescriptor(Class<? extends ParameterDefinition> klazz) {
            super(klazz);
        }

        protected ParameterDescriptor() {}
    }

    /** All kinds of parameters. */
    public static DescriptorExtensionList<ParameterDefinition, ParameterDescriptor> all() {
        return Jenkins.get().getDescriptorList(ParameterDefinition.class);
    }
}
