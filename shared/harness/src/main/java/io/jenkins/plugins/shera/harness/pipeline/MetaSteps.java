package io.jenkins.plugins.shera.harness.pipeline;

import hudson.model.Descriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Steps that run an object which is called by its own symbol, as {@code checkout} runs {@code scmGit(...)}. */
final class MetaSteps {
    private MetaSteps() {}

    /** The only step that runs what this symbol makes, or null. */
    static StepDescriptor of(String symbol) {
        StepDescriptor found = null;
        for (StepDescriptor step : StepDescriptor.all()) {
            if (step.isMetaStep() && made(step, symbol) != null) {
                if (found != null) {
                    return null;
                }
                found = step;
            }
        }
        return found;
    }

    private static Descriptor made(StepDescriptor step, String symbol) {
        DescribableParameter first = DescribableModel.of(step.clazz).getFirstRequiredParameter();
        return first == null ? null : SymbolLookup.get().findDescriptor(first.getErasedType(), symbol);
    }

    /** Deals out the arguments between the step and the object. */
    static StepArguments arguments(StepDescriptor step, String symbol, StepArguments given) {
        DescribableModel<?> stepModel = DescribableModel.of(step.clazz);
        DescribableModel<?> objectModel = DescribableModel.of(made(step, symbol).clazz);
        Map<String, Object> forStep = new LinkedHashMap<>();
        Map<String, Object> forObject = new LinkedHashMap<>();
        given.named().forEach((name, value) -> {
            DescribableParameter ofObject = objectModel.getParameter(name);
            boolean toStep = stepModel.getParameter(name) != null && (ofObject == null || !ofObject.isRequired());
            (toStep ? forStep : forObject).put(name, value);
        });
        forStep.put(
                stepModel.getFirstRequiredParameter().getName(),
                new UninstantiatedDescribable(symbol, null, forObject));
        return new StepArguments(forStep, null);
    }
}
