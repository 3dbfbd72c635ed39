package org.jenkinsci.plugins.workflow.steps;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.structs.describable.DescribableModel;

/** Describes a kind of step: its name in scripts and what it needs around it. */
public abstract class StepDescriptor extends Descriptor<Step> {
    /** The types the step asks its context for. */
    public abstract Set<? extends Class<?>> getRequiredContext();

    /** The types the step gives to its body. */
    public Set<? extends Class<?>> getProvidedContext() {
        return Collections.emptySet();
    }

    /** The name in scripts. */
    public abstract String getFunctionName();

    /** True when the step has a body. */
    public boolean takesImplicitBlockArgument() {
        return false;
    }

    /** True when the step runs a Describable that is called by its own symbol. */
    public boolean isMetaStep() {
        return false;
    }

    /** True for steps that are rarely used. */
    public boolean isAdvanced() {
        return false;
    }

    /** One line that tells what the arguments ask for, or null. */
    public String argumentsToString(Map<String, Object> namedArgs) {
        if (namedArgs.size() != 1) {
            return null;
        }
        Object value = namedArgs.values().iterator().next();
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : null;
    }

    /** Binds named arguments to a step. */
    public Step newInstance(Map<String, Object> arguments) throws Exception {
        return (Step) DescribableModel.of(clazz).instantiate(arguments, null);
    }

    /** Fails unless everything the step needs is there; names the first that is not, by the alphabet. */
    public final void checkContextAvailability(StepContext c)
            throws MissingContextVariableException, java.io.IOException, InterruptedException {
        TreeSet<Class<?>> required = new TreeSet<>(Comparator.comparing(Class::getName));
        required.addAll(getRequiredContext());
        for (Class<?> type : required) {
            if (c.get(type) == null) {
                throw new MissingContextVariableException(type, this);
            }
        }
    }

    /** The step with this name in scripts, or null. */
    public static StepDescriptor byFunctionName(String name) {
        for (StepDescriptor descriptor : all()) {
            if (descriptor.getFunctionName().equals(name)) {
                return descriptor;
            }
        }
        return null;
    }

    /** All kinds of steps. */
    public static ExtensionList<StepDescriptor> all() {
        return ExtensionList.lookup(StepDescriptor.class);
    }
}
