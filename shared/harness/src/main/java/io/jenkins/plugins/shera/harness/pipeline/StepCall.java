package io.jenkins.plugins.shera.harness.pipeline;

import groovy.lang.Closure;
import hudson.EnvVars;
import io.jenkins.plugins.shera.harness.cps.ProgramThread;
import io.jenkins.plugins.shera.harness.cps.Suspension;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Starts one step; the script is suspended from here until the step hands in its result. */
final class StepCall implements Suspension {
    private final StepDescriptor descriptor;
    private final StepArguments arguments;

    StepCall(StepDescriptor descriptor, StepArguments arguments) {
        this.descriptor = descriptor;
        this.arguments = arguments;
    }

    @Override
    public void begin(ProgramThread thread) {
        ProgramRunner runner = ProgramRunner.current();
        Surroundings around = (Surroundings) thread.surroundings();
        Closure<?> body = arguments.body();
        FlowNode node = body == null && !isBlock()
                ? runner.graph().addAtom(descriptor, around)
                : runner.graph().addStart(descriptor, around);
        PipelineStepContext context =
                new PipelineStepContext(runner.run(), thread.id(), node.getId(), descriptor, around, body);
        try {
            descriptor.checkContextAvailability(context);
            Step step = descriptor.newInstance(arguments.named());
            if (!holdsSecret(context)) {
                runner.graph().describe(node, arguments.named());
            }
            StepExecution execution = step.start(context);
            thread.waitFor(execution);
            if (execution.start() && !context.isAnswered()) {
                context.onFailure(new AssertionError("Step " + descriptor.getFunctionName()
                        + " claimed to have ended synchronously, but did not set the result via"
                        + " StepContext.onSuccess/onFailure"));
            }
        } catch (Exception | LinkageError e) {
            context.onFailure(e);
        }
        context.begun();
    }

    private boolean holdsSecret(PipelineStepContext context) throws IOException, InterruptedException {
        EnvironmentExpander expander = context.get(EnvironmentExpander.class);
        if (expander == null || expander.getSensitiveVariables().isEmpty()) {
            return false;
        }
        EnvVars variables = context.get(EnvVars.class);
        String text = String.valueOf(arguments.named());
        return expander.getSensitiveVariables().stream()
                .map(variables::get)
                .anyMatch(secret -> secret != null && !secret.isEmpty() && text.contains(secret));
    }

    private boolean isBlock() {
        return descriptor instanceof OpensBlocks;
    }
}
