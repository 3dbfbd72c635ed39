package io.jenkins.plugins.shera.harness.steps;

import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** What the descriptors of the basic steps have in common. */
abstract class BasicDescriptor extends StepDescriptor {
    private final String function;
    private final String displayName;
    private final boolean block;
    private final Set<Class<?>> required;

    BasicDescriptor(String function, String displayName, boolean block, Class<?>... required) {
        this.function = function;
        this.displayName = displayName;
        this.block = block;
        this.required = Set.of(required);
    }

    @Override
    public String getFunctionName() {
        return function;
    }

    @Override
    public String getDisplayName() {
        return displayName;
    }

    @Override
    public boolean takesImplicitBlockArgument() {
        return block;
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return required;
    }
}
