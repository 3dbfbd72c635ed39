package io.jenkins.plugins.shera.harness.steps;

import groovy.lang.Closure;
import hudson.Extension;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.harness.pipeline.OpensBlocks;
import io.jenkins.plugins.shera.harness.pipeline.PipelineStepContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** {@code parallel a: { ... }, b: { ... }, failFast: true}: runs its closures side by side. */
public final class ParallelStep extends Step {
    private final LinkedHashMap<String, Closure<?>> branches;
    private final boolean failFast;

    ParallelStep(LinkedHashMap<String, Closure<?>> branches, boolean failFast) {
        this.branches = branches;
        this.failFast = failFast;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, branches, failFast);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;

        private final LinkedHashMap<String, Closure<?>> branches;
        private final boolean failFast;
        private final ArrayList<BodyExecution> bodies = new ArrayList<>();
        private final LinkedHashMap<String, Object> results = new LinkedHashMap<>();
        private Throwable problem;
        private int left;

        Execution(StepContext context, LinkedHashMap<String, Closure<?>> branches, boolean failFast) {
            super(context);
            this.branches = branches;
            this.failFast = failFast;
        }

        @Override
        public boolean start() {
            if (branches.isEmpty()) {
                getContext().onSuccess(Map.of());
                return true;
            }
            left = branches.size();
            branches.forEach((name, closure) -> bodies.add(((PipelineStepContext) getContext())
                    .newBodyInvoker(closure, true)
                    .withDisplayName(name)
                    .withCallback(new Branch(this, name))
                    .start()));
            return false;
        }

        private void ended(String name, Object result, Throwable failure) {
            left--;
            if (failure == null) {
                results.put(name, result);
            } else if (problem == null) {
                problem = failure;
            } else if (problem != failure
                    && !(failure instanceof FlowInterruptedException stop
                            && stop.getCauses().stream().anyMatch(FailFast.class::isInstance))) {
                problem.addSuppressed(failure);
            }
            if (left == 0) {
                if (problem == null) {
                    getContext().onSuccess(results);
                } else {
                    getContext().onFailure(problem);
                }
            } else if (failure != null && failFast && problem == failure) {
                List.copyOf(bodies)
                        .forEach(body ->
                                body.cancel(new FlowInterruptedException(Result.ABORTED, true, new FailFast(name))));
            }
        }

        @Override
        public String getStatus() {
            return left + " of " + branches.size() + " branches run";
        }
    }

    private static final class Branch extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final Execution execution;
        private final String name;

        Branch(Execution execution, String name) {
            this.execution = execution;
            this.name = name;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.ended(name, result, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            try {
                context.get(TaskListener.class).getLogger().println("Failed in branch " + name);
            } catch (IOException | InterruptedException e) {
                t.addSuppressed(e);
            }
            execution.ended(name, null, t);
        }
    }

    /** Tells that a branch was stopped because another failed. */
    public static final class FailFast extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        private final String branch;

        FailFast(String branch) {
            this.branch = branch;
        }

        @Override
        public String getShortDescription() {
            return "Failed in branch " + branch;
        }
    }

    /** Its descriptor. */
    @Extension
    public static final class DescriptorImpl extends BasicDescriptor implements OpensBlocks {
        public DescriptorImpl() {
            super("parallel", "Execute in parallel", false, TaskListener.class);
        }

        @Override
        public Step newInstance(Map<String, Object> arguments) {
            LinkedHashMap<String, Closure<?>> branches = new LinkedHashMap<>();
            boolean failFast = false;
            for (Map.Entry<String, Object> argument : arguments.entrySet()) {
                if (argument.getValue() instanceof Closure<?> closure) {
                    branches.put(argument.getKey(), closure);
                } else if (argument.getKey().equals("failFast") && argument.getValue() instanceof Boolean on) {
                    failFast = on;
                } else {
                    throw new IllegalArgumentException("Expected a closure or failFast but found " + argument.getKey()
                            + "=" + argument.getValue());
                }
            }
            return new ParallelStep(branches, failFast);
        }
    }
}
