package org.jenkinsci.plugins.workflow.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells that a step stands where something it needs is not there, such as a workspace outside of {@code node}. */
public class MissingContextVariableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Class<?> type;
    private final String functionName;

    public MissingContextVariableException(Class<?> type, StepDescriptor d) {
        this.type = type;
        this.functionName = d == null ? null : d.getFunctionName();
    }

    public Class<?> getType() {
        return type;
    }

    /** The steps whose body would have it. */
    public List<StepDescriptor> getProviders() {
        List<StepDescriptor> providers = new ArrayList<>();
        for (StepDescriptor descriptor : StepDescriptor.all()) {
            if (offers(descriptor.getProvidedContext()) && !offers(descriptor.getRequiredContext())) {
                providers.add(descriptor);
            }
        }
        return providers;
    }

    private boolean offers(Set<? extends Class<?>> types) {
        return types.stream().anyMatch(type::isAssignableFrom);
    }

    @Override
    public String getMessage() {
        String text = "Required context " + type + " is missing";
        List<StepDescriptor> providers = getProviders();
        if (providers.isEmpty()) {
            return text;
        }
        return text + "\nPerhaps you forgot to surround the " + (functionName == null ? "" : functionName + " ")
                + "step with a step that provides this, such as: "
                + providers.stream().map(StepDescriptor::getFunctionName).collect(Collectors.joining(", "));
    }
}
