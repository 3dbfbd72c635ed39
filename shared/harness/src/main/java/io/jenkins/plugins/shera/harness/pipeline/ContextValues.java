package io.jenkins.plugins.shera.harness.pipeline;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.console.ConsoleLogFilter;
import hudson.model.Computer;
import hudson.model.Job;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Finds or makes what a step asks its context for. */
record ContextValues(Run<?, ?> run, String node, String function, Surroundings around) {
    <T> T get(Class<T> key) throws IOException, InterruptedException {
        Object value;
        if (key == EnvVars.class) {
            value = environment();
        } else if (key == TaskListener.class) {
            value = listener();
        } else if (key == Launcher.class) {
            value = launcher();
        } else if (Run.class.isAssignableFrom(key)) {
            value = run;
        } else if (Job.class.isAssignableFrom(key)) {
            value = run.getParent();
        } else if (key == StepDescriptor.class) {
            value = StepDescriptor.byFunctionName(function);
        } else if (key == FlowNode.class) {
            value = ProgramRunner.of(run).graph().node(node);
        } else if (FlowExecution.class.isAssignableFrom(key)) {
            value = ProgramRunner.of(run).graph().flow();
        } else if (key == Node.class || key == Computer.class) {
            value = around.find(FilePath.class) == null
                    ? null
                    : key == Node.class ? Jenkins.get() : Jenkins.get().toComputer();
        } else {
            value = around.find(key);
        }
        return key.isInstance(value) ? key.cast(value) : null;
    }

    private EnvVars environment() throws IOException, InterruptedException {
        EnvVars variables = run.getEnvironment(listener());
        EnvVars extra = around.find(EnvVars.class);
        if (extra != null) {
            variables.overrideAll(extra);
        }
        EnvironmentExpander expander = around.find(EnvironmentExpander.class);
        if (expander != null) {
            expander.expand(variables);
        }
        return variables;
    }

    private TaskListener listener() throws IOException, InterruptedException {
        return BuildLog.of(run).listener(node, around.find(ConsoleLogFilter.class));
    }

    private Launcher launcher() throws IOException, InterruptedException {
        return around.find(FilePath.class) == null ? null : Jenkins.get().createLauncher(listener());
    }
}
