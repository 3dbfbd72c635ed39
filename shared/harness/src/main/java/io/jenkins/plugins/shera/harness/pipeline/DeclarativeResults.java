package io.jenkins.plugins.shera.harness.pipeline;

import hudson.EnvVars;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.properties.DisableConcurrentBuildsJobProperty;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** What a declarative Pipeline asks of its build and does to its job. */
public final class DeclarativeResults {
    private DeclarativeResults() {}

    private static Run<?, ?> run() {
        return ProgramRunner.current().run();
    }

    /** Makes the build as bad as the problem. */
    public static void note(Throwable problem) {
        run().setResult(resultOf(problem));
    }

    private static Result resultOf(Throwable problem) {
        return problem == null
                ? Result.SUCCESS
                : problem instanceof FlowInterruptedException stop ? stop.getResult() : Result.FAILURE;
    }

    /** Whether the post condition holds, after a block that ended with the problem or with null. */
    public static boolean holds(String condition, Throwable problem) {
        Result so = run().getResult() == null ? Result.SUCCESS : run().getResult();
        Result now = problem == null ? so : so.combine(resultOf(problem));
        Run<?, ?> before = run().getPreviousCompletedBuild();
        Result previous = before == null ? null : before.getResult();
        switch (condition) {
            case "changed":
                return !Objects.equals(previous, now);
            case "fixed":
                return now == Result.SUCCESS && (previous == Result.FAILURE || previous == Result.UNSTABLE);
            case "regression":
                return previous != null && now.isWorseThan(previous);
            case "aborted":
                return now == Result.ABORTED;
            case "failure":
                return now == Result.FAILURE;
            case "success":
                return now == Result.SUCCESS;
            case "unstable":
                return now == Result.UNSTABLE;
            case "unsuccessful":
                return now != Result.SUCCESS;
            default:
                return true;
        }
    }

    /** Whether the build is of a branch that the pattern names, in which * stands for any text. */
    public static boolean branchMatches(Object pattern) {
        String branch = StepNames.environment().get("BRANCH_NAME");
        String wanted =
                pattern instanceof Map<?, ?> named ? String.valueOf(named.get("pattern")) : String.valueOf(pattern);
        String expression = "\\Q" + wanted.replace("*", "\\E.*\\Q") + "\\E";
        return branch != null && branch.matches(expression);
    }

    /** Whether the variable {@code name} has the value {@code value}. */
    public static boolean variableIs(Map<String, Object> condition) {
        EnvVars variables = StepNames.environment();
        return String.valueOf(condition.get("value")).equals(variables.get(String.valueOf(condition.get("name"))));
    }

    /** Gives the job the parameters and options that the script declares. */
    public static void setProperties(List<Object> parameters, boolean oneAtATime) throws IOException {
        WorkflowJob job = (WorkflowJob) run().getParent();
        if (!parameters.isEmpty()) {
            List<ParameterDefinition> definitions = new ArrayList<>();
            for (Object parameter : parameters) {
                definitions.add(((UninstantiatedDescribable) parameter).instantiate(ParameterDefinition.class));
            }
            job.removeProperty(ParametersDefinitionProperty.class);
            job.addProperty(new ParametersDefinitionProperty(definitions));
        }
        if (oneAtATime && job.isConcurrentBuild()) {
            job.addProperty(new DisableConcurrentBuildsJobProperty());
        }
    }
}
