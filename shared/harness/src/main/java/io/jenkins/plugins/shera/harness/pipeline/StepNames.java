package io.jenkins.plugins.shera.harness.pipeline;

import com.cloudbees.groovy.cps.Continuable;
import hudson.EnvVars;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.harness.cps.ProgramThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Resolves a name that a script calls: a step, or the symbol of something that a step takes. */
public final class StepNames {
    private StepNames() {}

    /** Calls the step of this name, which suspends the script, or notes down the object that the symbol asks for. */
    public static Object call(String name, Object arguments) {
        StepDescriptor step = StepDescriptor.byFunctionName(name);
        if (step != null) {
            return call(step, arguments);
        }
        Descriptor<?> described = SymbolLookup.get().findDescriptor(Describable.class, name);
        if (described != null) {
            StepArguments given = StepArguments.of(arguments, false, UninstantiatedDescribable.ANONYMOUS_KEY);
            StepDescriptor meta = MetaSteps.of(name);
            return meta == null
                    ? new UninstantiatedDescribable(name, null, given.named())
                    : suspend(meta, MetaSteps.arguments(meta, name, given));
        }
        Set<String> steps = new TreeSet<>();
        StepDescriptor.all().forEach(descriptor -> steps.add(descriptor.getFunctionName()));
        throw new NoSuchMethodError("No such DSL method '" + name + "' found among steps " + steps + " or symbols "
                + IndexedSymbols.of(Describable.class));
    }

    private static Object call(StepDescriptor step, Object arguments) {
        StepArguments given = StepArguments.of(arguments, step.takesImplicitBlockArgument(), soleArgument(step));
        if (given.body() == null && step.takesImplicitBlockArgument()) {
            throw new IllegalStateException(step.getFunctionName() + " step must be called with a body");
        }
        return suspend(step, given);
    }

    private static Object suspend(StepDescriptor step, StepArguments given) {
        ProgramRunner.current();
        return Continuable.suspend(step.getFunctionName(), new StepCall(step, given));
    }

    private static String soleArgument(StepDescriptor step) {
        if (step instanceof OpensBlocks) {
            return null;
        }
        DescribableParameter sole = DescribableModel.of(step.clazz).getSoleRequiredParameter();
        return sole == null ? null : sole.getName();
    }

    /** The environment where the script stands. */
    public static EnvVars environment() {
        ProgramThread thread = ProgramRunner.current().running();
        try {
            return new ContextValues(ProgramRunner.current().run(), null, null, (Surroundings) thread.surroundings())
                    .get(EnvVars.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The environment cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading the environment", e);
        }
    }
}
