package io.jenkins.plugins.shera.harness.pipeline;

import groovy.lang.MissingPropertyException;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsScript;
import org.jenkinsci.plugins.workflow.cps.EnvActionImpl;
import org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper;

/** The global variables of Pipeline scripts. */
public final class GlobalNames {
    private static final Set<String> NAMES = Set.of("env", "params", "currentBuild", "steps", "scm");

    private GlobalNames() {}

    /** True when scripts know a global of this name, or a variable of the environment. */
    public static boolean has(String name) {
        return NAMES.contains(name) || StepNames.environment().containsKey(name);
    }

    /** The value of the global. */
    public static Object value(String name, CpsScript script) {
        Run<?, ?> run = ProgramRunner.current().run();
        switch (name) {
            case "env":
                try {
                    return EnvActionImpl.forRun(run);
                } catch (IOException e) {
                    throw new UncheckedIOException("The environment of " + run + " cannot be saved", e);
                }
            case "params":
                return parameters(run);
            case "currentBuild":
                return new RunWrapper(run, true);
            case "steps":
                return script;
            case "scm":
                throw new MissingPropertyException(
                        "This Pipeline was not loaded from version control: use git or checkout with an address");
            default:
                return StepNames.environment().get(name);
        }
    }

    private static Map<String, Object> parameters(Run<?, ?> run) {
        Map<String, Object> values = new LinkedHashMap<>();
        ParametersDefinitionProperty property = run.getParent().getProperty(ParametersDefinitionProperty.class);
        if (property != null) {
            for (ParameterDefinition definition : property.getParameterDefinitions()) {
                put(values, definition.getDefaultParameterValue());
            }
        }
        ParametersAction given = run.getAction(ParametersAction.class);
        if (given != null) {
            given.getAllParameters().forEach(value -> put(values, value));
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static void put(Map<String, Object> values, ParameterValue value) {
        if (value != null) {
            values.put(value.getName(), value.getValue());
        }
    }
}
